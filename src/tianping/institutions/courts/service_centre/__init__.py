"""诉讼服务中心 · The litigation service centre: its rules, its visitors, its zones."""
