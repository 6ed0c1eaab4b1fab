"""道交一体化 · Disputes about road accidents, handled as one: calculated, mediated, confirmed or sued, claimed, paid."""
