"""What the main window needs for its session and not for its first frame: imported together, once that is painted."""

from clacks_monitor.gui.boards.board_docks import BoardDocks
from clacks_monitor.gui.captures.capture_actions import CaptureActions
from clacks_monitor.gui.captures.statistics_actions import StatisticsActions
from clacks_monitor.gui.connections.connection_actions import ConnectionActions
from clacks_monitor.gui.detail.detail_pane import DetailPane
from clacks_monitor.gui.profiles.alarms import Alarms
from clacks_monitor.gui.profiles.profile_actions import ProfileActions
from clacks_monitor.gui.profiles.profile_columns import ProfileColumns
from clacks_monitor.gui.profiles.profile_keys import ProfileKeys
from clacks_monitor.gui.profiles.profiles_dock import ProfilesView
from clacks_monitor.gui.query.filter_editor import FilterEditor
from clacks_monitor.gui.query.query_words import QueryWords
from clacks_monitor.gui.table.emptiness import why_empty
from clacks_monitor.gui.table.empty_state import EmptyState
from clacks_monitor.gui.table.event_actions import EventActions
from clacks_monitor.gui.table.event_model import EventModel
from clacks_monitor.gui.table.event_table import EventTable
from clacks_monitor.gui.table.find_bar import FindBar
from clacks_monitor.gui.table.finding import Finding
from clacks_monitor.gui.table.mark_actions import MarkActions
from clacks_monitor.gui.table.trouble_walk import TroubleWalk
from clacks_monitor.gui.table.types_dock import TypesView
from clacks_monitor.gui.timeline.timeline import Timeline
from clacks_monitor.gui.timeline.timing import Timing
from clacks_monitor.gui.window.bars.production_band import ProductionBand
from clacks_monitor.gui.window.bars.trouble_bar import TroubleBar
from clacks_monitor.gui.window.window_actions import WindowActions

__all__ = [
    "Alarms",
    "BoardDocks",
    "CaptureActions",
    "ConnectionActions",
    "DetailPane",
    "EmptyState",
    "EventActions",
    "EventModel",
    "EventTable",
    "FilterEditor",
    "FindBar",
    "Finding",
    "MarkActions",
    "ProductionBand",
    "ProfileActions",
    "ProfileColumns",
    "ProfileKeys",
    "ProfilesView",
    "QueryWords",
    "StatisticsActions",
    "Timeline",
    "Timing",
    "TroubleBar",
    "TroubleWalk",
    "TypesView",
    "WindowActions",
    "why_empty",
]
