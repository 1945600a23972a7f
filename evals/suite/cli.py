"""`baton eval`: is reading better or worse than before?"""

import os
from pathlib import Path
from typing import Annotated

import typer

from evals.suite import parts
from evals.suite.baseline import BASELINE, baseline_of, load_baseline, losses, save_baseline
from evals.suite.changes import as_lines
from evals.suite.code import ROOT
from evals.suite.compare import is_worse
from evals.suite.corrections import as_case, file_name
from evals.suite.record import load, save
from evals.suite.report import as_html
from evals.suite.run import Extractor, run_of
from evals.suite.tables import as_figures, as_tables
from evals.suite.timing import two_hours
from service.actions.corrected import list_corrected
from service.actions.keys import find_workspace
from service.actions.rows import Subject
from service.cli.inside import run_inside
from service.cli.options import AsJson, Workspace
from service.cli.printing import console, print_json
from service.db.doors import Doors
from service.settings import Settings
from service.wiring import Place

app = typer.Typer(
    name="baton eval",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Split = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help=f"Of {', '.join(parts.PARTS)}; may be given again."),
]
Case = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Only this document; may be given again.")
]
Folder = Annotated[Path, typer.Option(help="Labelled data: calls, promises, load.")]
SaveAs = Annotated[
    Path | None, typer.Option("--save", metavar="FILE", help="Keep the run as a record.")
]
By = Annotated[Extractor, typer.Option("--extractor", help="openai: the model of the settings.")]
PromptFile = Annotated[
    Path | None,
    typer.Option(
        exists=True, dir_okay=False, metavar="FILE", help="Ask the model with another prompt."
    ),
]
LABELLED = Path(os.environ.get("BATON_SHARED", ROOT.parent / "shared")) / "evaldata"


@app.callback()
def measure(
    context: typer.Context,
    *,
    split: Split = None,
    case: Case = None,
    folder: Folder = LABELLED,
    by: By = "local",
    prompt: PromptFile = None,
    save_as: SaveAs = None,
    as_json: AsJson = False,
) -> None:
    """Read what is labelled, and print how much of it was found.

    Example: baton eval --split hard --save runs/today.json
    """
    if context.invoked_subcommand is not None:
        return
    unknown = set(split or ()) - set(parts.PARTS)
    if unknown:
        raise typer.BadParameter(f"there is no split {', '.join(sorted(unknown))}")
    wanted = split or parts.PARTS
    settings, names = Settings(), case or ()
    run = run_of(wanted, folder, extractor=by, settings=settings, names=names, prompt=prompt)
    if save_as is not None:
        save(run, save_as)
    if as_json:
        print_json(as_figures(run))
    else:
        console().print(as_tables(run), soft_wrap=True)


OneRun = Annotated[Path, typer.Argument(metavar="RUN", help="A record that was saved.")]
ShowHeld = Annotated[
    bool, typer.Option("--show-held", help="Show text of the untouched split, which spoils it.")
]
Runs = Annotated[list[Path], typer.Argument(metavar="RUN", help="Records that were saved.")]


@app.command("time")
def time_two_hours() -> None:
    """Say how long the rules take for a call of two hours, on this machine.

    Example: baton eval time
    """
    console().print(two_hours())


@app.command()
def compare(
    before: OneRun,
    after: OneRun,
    *,
    fail_if_worse: Annotated[
        bool, typer.Option("--fail-if-worse", help="Exit code 1 where a score fell.")
    ] = False,
    show_held: ShowHeld = False,
) -> None:
    """Show case by case what appeared and what vanished.

    Example: baton eval compare runs/before.json runs/after.json --fail-if-worse
    """
    old, new = load(before), load(after)
    for line in as_lines(old, new, shows_held=show_held):
        console().print(line, soft_wrap=True)
    raise typer.Exit(1 if fail_if_worse and is_worse(old, new) else 0)


@app.command()
def report(
    runs: Runs,
    *,
    html: Annotated[Path, typer.Option(metavar="FILE", help="Where it is written.")],
    show_held: ShowHeld = False,
) -> None:
    """Write one page with tables, plots and each miss in its turn; several runs stand side by side.

    Example: baton eval report runs/today.json --html today.html
    """
    html.write_text(as_html([load(path) for path in runs], shows_held=show_held), encoding="utf-8")
    console().print(f"Written: {html}", soft_wrap=True)


@app.command()
def gate(
    *,
    record: Annotated[bool, typer.Option("--record", help="Take today's figures.")] = False,
    baseline: Annotated[Path, typer.Option(metavar="FILE", help="The recorded ones.")] = BASELINE,
) -> None:
    """Hold the rules to their recorded figures on the cases of the repository.

    Example: baton eval gate --record
    """
    now = baseline_of(run_of(parts.OWN, LABELLED, extractor="local", settings=Settings()))
    if record:
        save_baseline(now, baseline)
    lost = list(losses(load_baseline(baseline), now))
    for line in lost:
        console(stderr=True).print(f"Worse than recorded: {line}", soft_wrap=True)
    if not lost:
        console().print("The recorded figures of the cases hold.")
    raise typer.Exit(1 if lost else 0)


@app.command("export-corrections")
def export_corrections(
    *,
    workspace: Workspace,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="Where a file a source is put.")],
    take_text: Annotated[
        bool, typer.Option("--take-text", help="Yes: words of people leave the database.")
    ] = False,
) -> None:
    """Write what people have added and retracted as cases, on request.

    What they judged and the turns around it go into files, with the names of who spoke: no erasure
    reaches them there.

    Example: baton eval export-corrections --workspace acme --out corrections --take-text
    """
    if not take_text:
        raise typer.BadParameter("words of people would leave the database: --take-text allows it")

    async def corrected(doors: Doors, _place: Place) -> tuple[Subject, ...]:
        return await list_corrected(doors, await find_workspace(doors, workspace))

    subjects = run_inside(Settings(), corrected)
    out.mkdir(parents=True, exist_ok=True)
    for subject in subjects:
        (out / file_name(subject)).write_text(as_case(subject), encoding="utf-8")
    console().print(f"Sources written to {out}: {len(subjects)}", soft_wrap=True)
