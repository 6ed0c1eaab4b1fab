"""在线调解平台 · The courts' mediation platform."""
