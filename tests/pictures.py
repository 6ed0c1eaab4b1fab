"""页面图片 · ``make pictures``: the demonstration's board as a newcomer sees it, taken by a headless Chromium for the README."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.conftest import ROOT

PORT = 8765
SIZES = {"zh": (1200, 900), "en": (1200, 900)}


def main() -> None:
    """Play the half-year into a folder of its own, serve it, take the pictures, stop."""
    browser = next((b for b in ("chromium", "chromium-browser", "google-chrome") if shutil.which(b)), None)
    if browser is None:
        print("no Chromium here: no pictures are made")
        return
    with tempfile.TemporaryDirectory(prefix="tp") as name:
        Path(name).chmod(0o755)
        env = {**os.environ, "TIANPING_VAR": f"{name}/var", "TIANPING_DEMO": "1"}
        command = [sys.executable, "-c", "from tianping.project.cli import main; main()"]
        subprocess.run([*command, "demo", "--no-serve"], check=True, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([*command, "serve", "--port", str(PORT), "--workers", "1"], env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            _awaited()
            for lang, size in SIZES.items():
                _taken(browser, lang, size)
        finally:
            server.terminate()
            server.wait(30)


def _awaited() -> None:
    for _ in range(240):
        try:
            urlopen(f"http://127.0.0.1:{PORT}/").close()
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError("the page did not answer")


def _taken(browser: str, lang: str, size: tuple[int, int]) -> None:
    to = ROOT / "docs" / "pictures" / f"funnel.{lang}.png"
    to.parent.mkdir(parents=True, exist_ok=True)
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={size[0]},{size[1]}", f"--screenshot={to}"]
    subprocess.run([browser, *flags, f"http://127.0.0.1:{PORT}/board/?lang={lang}"], check=True, capture_output=True, timeout=120)
    print(to.relative_to(ROOT))


if __name__ == "__main__":
    main()
