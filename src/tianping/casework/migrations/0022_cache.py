"""缓存 · What every process of the server shares for a while (used codes): a table of Django's own shape, not written to the disk's log."""

from typing import ClassVar

from django.db import migrations

MAKE = """
create unlogged table tianping_cache (cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
create index tianping_cache_expires on tianping_cache (expires);
"""


class Migration(migrations.Migration):
    """The table of the cache."""

    dependencies: ClassVar = [("casework", "0070_watched")]
    operations: ClassVar = [migrations.RunSQL(MAKE, "drop table tianping_cache")]
