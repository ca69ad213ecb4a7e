"""Zappa: the stages of `zappa_settings`, each a function behind a handler that Zappa makes."""
