"""Queues, streams, schedules and what becomes of events that fail."""
