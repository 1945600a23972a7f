"""Options that several commands share."""

from typing import Annotated

import typer

Workspace = Annotated[str, typer.Option(help="Name of the workspace.")]
Customer = Annotated[
    str | None, typer.Option(help="Your own reference of the customer: a CRM id, or any name.")
]
Deal = Annotated[str | None, typer.Option(help="Your own reference of the deal.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
