"""网址分支 · Many addresses, found by the word that comes next and not by trying one after another."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern


class Branch(URLResolver):
    """分支 · Addresses that begin alike. Only those are tried whose next word is the one that was asked for, or any word."""

    def resolve(self, path: str) -> ResolverMatch:
        """What stands at an address. Raises Resolver404."""
        begun = self.pattern.match(str(path))
        if not begun:
            raise Resolver404({"path": path})
        word = begun[0].partition("/")[0]
        return self._by_word.get(word, self._any_word).resolve(path)

    @cached_property
    def _by_word(self) -> dict[str, URLResolver]:
        """For each next word the addresses that have it, or any, there."""
        words = {_first(p) for p in self.url_patterns}
        return {word: self._with(word) for word in words if "<" not in word}

    @cached_property
    def _any_word(self) -> URLResolver:
        return self._with("")

    def _with(self, word: str) -> URLResolver:
        found = [p for p in self.url_patterns if _first(p) == word or "<" in _first(p)]
        return URLResolver(self.pattern, found, self.default_kwargs, self.app_name, self.namespace)


def branched(patterns: list[Any]) -> list[Any]:
    """The same addresses, those with the same first word in a branch of their own, and so on."""
    groups: dict[str, list[URLPattern]] = {}
    for one in patterns:
        groups.setdefault(_first(one), []).append(one)
    out: list[Any] = []
    for word, same in groups.items():
        ends = [p for p in same if "/" not in str(p.pattern)]
        out += ends
        longer = [_shorter(p, word) for p in same if "/" in str(p.pattern)]
        if longer:
            out.append(Branch(RoutePattern(f"{word}/"), branched(longer)))
    return out


def _first(pattern: Any) -> str:
    return str(pattern.pattern).partition("/")[0]


def _shorter(pattern: URLPattern, word: str) -> URLPattern:
    """The address without its first word."""
    route = str(pattern.pattern).removeprefix(f"{word}/")
    return URLPattern(RoutePattern(route, pattern.name, is_endpoint=True), pattern.callback, pattern.default_args, pattern.name)
