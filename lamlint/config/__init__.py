"""The configuration: what is set, where it is read from, and what that selects."""

from lamlint.config.config import MOST_FILE_SIZE, Config, ConfigError, Ignore, Override, Setting

__all__ = ["MOST_FILE_SIZE", "Config", "ConfigError", "Ignore", "Override", "Setting"]
