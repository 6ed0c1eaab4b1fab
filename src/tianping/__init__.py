"""天平 · A legal procedure is written once, beside its statute; four engines run that one definition."""

__version__ = "0.1.0"
