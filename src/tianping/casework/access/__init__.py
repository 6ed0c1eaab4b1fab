"""可见与授权 · Who acts from which post, which cases its keys open, what of them it sees unmasked, and who may not see a case at all."""
