"""``baken stories list|show|stats|check``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from baken.cli.output import die, print_json
from baken.kernel.errors import BakenError
from baken.landscape.stories import halves, load_stories, read_story, story_files

app = typer.Typer(help="Published stories of firms that were helped.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_(
    trigger: Annotated[str | None, typer.Option(help="alarm, customer, law, growth ...")] = None,
    partner: Annotated[str | None, typer.Option(help="college, adviser, peer ...")] = None,
    obstacle: Annotated[str | None, typer.Option(help="money, knowledge, time ...")] = None,
    need: Annotated[str | None, typer.Option(help="N01 to N14.")] = None,
    as_json: Json = False,
) -> None:
    """List the stories, one a line; filters narrow the list.

    Example: baken stories list --trigger crisis
    """
    from baken.landscape.story_stats import VALUES, answers

    chosen = {"trigger": trigger, "partner": partner, "obstacle": obstacle, "need": need}
    for name, value in chosen.items():
        if value is not None and value not in VALUES[name]:
            problem = f"'{value}' is no {name}"
            die(BakenError(f"--{name}", problem, ", ".join(VALUES[name])), as_json)
    found = [
        s
        for s in load_stories()
        if all(value is None or value in answers(s, name) for name, value in chosen.items())
    ]
    if as_json:
        print_json([{"id": s.id, "title": s.title, "needs": s.needs} for s in found])
        return
    for s in found:
        typer.echo(f"{s.id:<52}{s.title}")
    typer.echo(f"{len(found)} stories")


@app.command()
def show(
    story_id: Annotated[str, typer.Argument(metavar="ID", help="The id of a story.")],
    as_json: Json = False,
) -> None:
    """Show one story.

    Example: baken stories show brood-dat-langer-vers-blijft
    """
    stories = {s.id: s for s in load_stories()}
    if story_id not in stories:
        from rapidfuzz import process

        near = [m[0] for m in process.extract(story_id, list(stories), limit=3, score_cutoff=60)]
        error = BakenError("ID", f"no story '{story_id}'", "an id of `baken stories list`", near)
        die(error, as_json)
    story = stories[story_id]
    if as_json:
        print_json(story.model_dump(mode="json"))
        return
    helped = ", ".join(h.name for h in story.helped_by)
    lines = [story.title, "", f"« {story.problem.strip()} »", "", f"firm: {story.firm.does}"]
    lines += [f"trigger: {story.trigger} ({story.trigger_says})", f"needed: {story.needed}"]
    lines += [f"helped by: {helped}", f"outcome ({story.result}): {story.outcome}"]
    lines.append(f"source: {story.source.url} ({story.source.date or 'no date'})")
    typer.echo("\n".join(lines))


@app.command()
def stats(as_json: Json = False) -> None:
    """Count the four questions of the study over the stories.

    Example: baken stories stats
    """
    from baken.landscape.catalogue import load_catalogue
    from baken.landscape.story_stats import story_stats

    result = story_stats(load_stories(), load_catalogue())
    if as_json:
        print_json(result)
        return
    typer.echo(f"stories: {result['stories']} ({result['warning']})")
    for title, counts in _tables(result):
        told = ", ".join(f"{k} {n}" for k, n in sorted(counts.items(), key=lambda kv: -kv[1]))
        typer.echo(f"{title}: {told}")
    most = ", ".join(f"{h['name']} {h['stories']}" for h in result["helpers"][:8])
    typer.echo(f"helped most: {most}")


def _tables(result: dict[str, Any]) -> list[tuple[str, dict[str, int]]]:
    tables = [(f"by {cut}", counts) for cut, counts in result["by"].items()]
    tables += [(name, found["total"]) for name, found in result["questions"].items()]
    return [*tables, ("result", result["results"]), ("half", result["halves"])]


@app.command()
def check(as_json: Json = False) -> None:
    """Find what is wrong with the stories' files: exit code 1 for errors.

    Example: baken stories check
    """
    from baken.landscape.catalogue import load_catalogue
    from baken.landscape.story_check import check_stories

    found: list[dict[str, str]] = []
    stories = []
    for path in story_files():
        try:
            stories.append(read_story(path))
        except BakenError as e:
            found.append({"path": e.path, "problem": e.problem, "expected": e.expected})
    found += [f.as_json() for f in check_stories(stories, load_catalogue())]  # type: ignore[misc]
    if as_json:
        print_json(found)
    else:
        for row in found:
            typer.echo(f"error: {row['path']}: {row['problem']}; expected {row['expected']}")
        sides = halves(stories).values()
        counted = ", ".join(f"{side}: {list(sides).count(side)}" for side in ("develop", "test"))
        typer.echo(f"{len(stories)} stories ({counted}), {len(found)} errors")
    raise typer.Exit(1 if found else 0)
