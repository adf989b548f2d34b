"""`detente serve`: the site over a project, on this machine."""

from __future__ import annotations

import os
import socket
from functools import cache
from typing import Annotated
from urllib.parse import quote

import typer

from detente.cli.code import ActorsOption, ModelOption, UnknownModelOption
from detente.cli.project import ProjectOption, now, opened_project, refuse

TOKEN = "DETENTE_TOKEN"
_LEAST_CHARS = 16


def serve(
    project: ProjectOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8421,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help=f"Address to listen on; other than loopback needs {TOKEN}.")
    ] = "127.0.0.1",
    read_only: Annotated[bool, typer.Option("--read-only", help="Nothing can be added from a page.")] = False,
    model: ModelOption = None,
    allow_unknown_model: UnknownModelOption = False,
    actors: ActorsOption = None,
) -> None:
    """Open the project in a browser: overview, search, documents with their records, actors and pairs.

    Nothing leaves this machine. To serve others, set a token of 16 characters or more in the environment; visitors
    need it. Exit code: 0 stopped by Ctrl-C, 1 the port is taken, 2 wrong usage.
    """
    import uvicorn

    from detente.pipeline import load
    from detente.web.app import LOOPBACK, Site, create_app

    is_local = host in LOOPBACK
    token = _token(host, is_local=is_local)
    with opened_project(project) as opened:
        site = Site(
            project=opened,
            now=now,
            load_coder=None
            if read_only
            else cache(lambda: load(model, allow_unknown_model=allow_unknown_model, actors=actors or ())),
            token=token,
            hosts=LOOPBACK if is_local else None,
        )
        config = uvicorn.Config(create_app(site), log_level="warning", server_header=False)
        with _listening(host, port) as listener:
            address = f"http://{_shown(host)}:{listener.getsockname()[1]}/"
            login = f"login?token={quote(token)}" if token else ""
            typer.echo(f"{str(opened.root)!r} at {address}{login}  (Ctrl-C stops)", err=True)
            uvicorn.Server(config).run(sockets=[listener])


def _token(host: str, *, is_local: bool) -> str | None:
    """The token of the environment, needed where others can reach us."""
    token = os.environ.get(TOKEN) or None
    if token is not None and len(token) < _LEAST_CHARS:
        refuse(f"Token of {len(token)} characters in {TOKEN}: at least {_LEAST_CHARS} are needed. Set a longer one.")
    if token is None and not is_local:
        refuse(
            f"No token for {host!r} in --host: others than this machine may open the site only with one. Set {TOKEN}, "
            f"for example to the output of: python -c 'import secrets; print(secrets.token_urlsafe())'."
        )
    return token


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens, so that the address is told when it can be opened."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        typer.echo(
            f"Error: Nothing can listen on port {port} of {host!r} ({error.strerror}): a free port is needed. Choose "
            "one with --port, or 0 for any.",
            err=True,
        )
        raise typer.Exit(1) from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
