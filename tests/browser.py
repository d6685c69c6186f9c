"""The application as people meet it: a test client, a real server, a real browser."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import create_server

from search.engine import Engine
from web import create_app
from web.settings import Settings

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

WIDTHS = (360, 800, 1440)
SCHEMES = ("light", "dark")
LANGUAGES = ("pl", "en")

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def app(engine: Engine) -> Flask:
    return create_app(engine, Settings(base_url="https://kwerenda.example"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def server(app: Flask) -> Iterator[str]:
    """Serve the application on a free port of this machine and give its address."""
    serving = create_server(app, host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=serving.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{serving.effective_port}"
    # Closed from its own loop, which ends when nothing is left to listen to.
    serving.trigger.pull_trigger(serving.close)
    thread.join(timeout=10)
    serving.task_dispatcher.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("KWERENDA_CHROMIUM") or shutil.which("chromium")
    if not path:
        missing = "Chromium is not installed (name it in KWERENDA_CHROMIUM)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[OpenPage]:
    """Give a function that opens a path in a fresh window: width, scheme, language, scripts."""
    contexts = []

    def open_path(
        path: str,
        *,
        width: int = 1440,
        scheme: str = "light",
        language: str = "pl",
        scripts: bool = True,
    ) -> Page:
        context = browser.new_context(
            base_url=server,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            locale={"pl": "pl-PL", "en": "en-GB"}[language],
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_path
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe_script() -> str:
    if not AXE.exists():
        missing = "axe-core is not installed (run: npm install --prefix tests)"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    return AXE.read_text(encoding="utf-8")
