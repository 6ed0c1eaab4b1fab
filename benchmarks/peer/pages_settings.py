"""平常做法的设置 · Our own settings, but that the list is Django's plain way: the ORM and Django's templates."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from tianping.project import settings as ours

TEMPLATES: list[dict[str, Any]] = deepcopy(ours.TEMPLATES)
TEMPLATES[1]["DIRS"] = [Path(__file__).parent]
TEMPLATES[1]["OPTIONS"] |= {
    "builtins": ["benchmarks.peer.pages_tags"],
    "loaders": [("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])],
}
del TEMPLATES[1]["APP_DIRS"]
globals().update(
    {name: getattr(ours, name) for name in dir(ours) if name.isupper() and name != "TEMPLATES"} | {"ROOT_URLCONF": "benchmarks.peer.pages"}
)
