"""`python -m evals`: what `baton eval` starts."""

from evals.suite.cli import app
from service.cli.main import run

if __name__ == "__main__":
    run(app, "baton eval")
