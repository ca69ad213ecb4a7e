"""What templates declare joined with what modules say; rules are given a Project."""

from lamlint.files.kinds import is_sample
from lamlint.project import resolution
from lamlint.project.building import build
from lamlint.project.catching import caught_of, reports_none
from lamlint.project.computing import asks_quickly, only_computes, only_logs
from lamlint.project.declared_again import declared_again
from lamlint.project.graph import OWN_KEY, Edge, set_off
from lamlint.project.handed import is_handed_work, is_invoked
from lamlint.project.handling import Handling, handlings
from lamlint.project.identity import where_set
from lamlint.project.idle import is_idle
from lamlint.project.itself import hands_itself_work, self_invocations
from lamlint.project.join import Project
from lamlint.project.loss import Loss, Weighing
from lamlint.project.made_for import unsaid
from lamlint.project.obstacles import Obstacle
from lamlint.project.off_path import OffPath
from lamlint.project.only_apis import serves_only_apis
from lamlint.project.tracking import tracked
from lamlint.project.unset import runs_without

__all__ = [
    "OWN_KEY",
    "Edge",
    "Handling",
    "Loss",
    "Obstacle",
    "OffPath",
    "Project",
    "Weighing",
    "asks_quickly",
    "build",
    "caught_of",
    "declared_again",
    "handlings",
    "hands_itself_work",
    "is_handed_work",
    "is_idle",
    "is_invoked",
    "is_sample",
    "only_computes",
    "only_logs",
    "reports_none",
    "resolution",
    "runs_without",
    "self_invocations",
    "serves_only_apis",
    "set_off",
    "tracked",
    "unsaid",
    "where_set",
]
