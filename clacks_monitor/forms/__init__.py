"""Event schemas, and forms made from them: XSD catalogue to field tree to XML and back, without widgets.

``Catalogue`` holds the event types of the schema folders and validates events. ``Form`` is one event as a tree of
fields and as a text; either may be edited. ``Placeholders`` are values that differ from one sent event to the next.

Nothing here starts a thread. A catalogue may be used from any thread, a form from one at a time.
"""

from clacks_monitor.forms.catalogue import Catalogue
from clacks_monitor.forms.containers import Choice, Group, Repeat
from clacks_monitor.forms.element import ElementField
from clacks_monitor.forms.errors import FormsError, SchemaSourceError, ValidationIssue, XmlTextError
from clacks_monitor.forms.fields import FormField, ValueField
from clacks_monitor.forms.form import Form
from clacks_monitor.forms.form_edits import FormChange
from clacks_monitor.forms.opening import new_form, open_form
from clacks_monitor.forms.placeholders import Placeholders
from clacks_monitor.forms.schema_table import EventType
from clacks_monitor.forms.spec import Bounds, ChoiceValue, Kind
from clacks_monitor.forms.vocabulary import AttributeInfo, ElementInfo

__all__ = [
    "AttributeInfo",
    "Bounds",
    "Catalogue",
    "Choice",
    "ChoiceValue",
    "ElementField",
    "ElementInfo",
    "EventType",
    "Form",
    "FormChange",
    "FormField",
    "FormsError",
    "Group",
    "Kind",
    "Placeholders",
    "Repeat",
    "SchemaSourceError",
    "ValidationIssue",
    "ValueField",
    "XmlTextError",
    "new_form",
    "open_form",
]
