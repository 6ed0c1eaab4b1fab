"""装入城市 · A city pack into the database: organisations, their keys, people with posts and roles. Twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from tianping.casework.access.keys import keys_of
from tianping.casework.city.model import Pack
from tianping.casework.handling.sight import supervised_from
from tianping.casework.models import Account, Organisation, Person, Post, PostRole, Source


@dataclass(frozen=True, slots=True)
class Loaded:
    """装入结果 · Organisation's code → its id and the keys of its new cases; how many people and posts."""

    organisations: dict[str, int]
    keys: dict[str, tuple[int, ...]]
    people: int
    posts: int


@transaction.atomic
def load(pack: Pack, *, replay: bool) -> Loaded:
    """Load or renew a city. ``replay`` marks its accounts as those of a demonstration."""
    ids = _organisations(pack)
    for code, name in pack.channels.items():
        Source.objects.update_or_create(code=code, defaults={"zh": name.zh, "en": name.en})
    keys = keys_of(ids.values())
    _people(pack, ids, replay=replay)
    return Loaded(ids, {code: keys[i] for code, i in ids.items()}, len({p.username for p in pack.posts}), len(pack.posts))


def _organisations(pack: Pack) -> dict[str, int]:
    """Each organisation after the one above it, so that its path is known."""
    ids: dict[str, int] = {}
    paths: dict[str, str] = {}
    waiting = list(pack.organisations)
    while waiting:
        ready = [o for o in waiting if not o.parent or o.parent in ids]
        for o in ready:
            words = {"zh": o.name.zh, "en": o.name.en, "kind": o.kind, "division": o.division, "court_code": o.court_code}
            lives = {"valid_from": o.valid_from, "valid_to": o.valid_to, "status": o.status, "source": o.source}
            row, _ = Organisation.objects.update_or_create(code=o.code, defaults={**words, **lives, "parent_id": ids.get(o.parent)})
            ids[o.code], paths[o.code] = row.pk, f"{paths.get(o.parent, '/')}{row.pk}/"
            if row.path != paths[o.code]:
                Organisation.objects.filter(pk=row.pk).update(path=paths[o.code])
                if row.path:  # it stood elsewhere: others supervise its cases now
                    supervised_from(paths[o.code])
        waiting = [o for o in waiting if o.code not in ids]
    return ids


def _people(pack: Pack, ids: dict[str, int], *, replay: bool) -> None:
    for p in pack.posts:
        account = Account.objects.filter(username=p.username).select_related("person").first()
        if account is None:
            account = Account(username=p.username, person=Person.objects.create(name=p.name), administrator=p.administrator, replay=replay)
            account.set_unusable_password()
            account.save()
        assert account.person is not None
        post, _ = Post.objects.update_or_create(
            person=account.person,
            organisation_id=ids[p.organisation],
            valid_from=p.valid_from,
            zh=p.title.zh,
            defaults={"en": p.title.en, "valid_to": p.valid_to, "clearance": p.clearance},
        )
        days = {"valid_from": p.valid_from, "valid_to": p.valid_to}
        PostRole.objects.bulk_create([PostRole(post=post, role=role, **days) for role in p.roles], ignore_conflicts=True)
