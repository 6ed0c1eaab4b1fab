"""基准 · Side-by-side workloads: the same work by Tianping, by named peers and by the machine's own limit, in one run."""
