"""Questions: XQuery over everything that a store holds, answered in worker processes. Without Qt.

    question = compile_question("for $e in collection() group by $t := ev:type($e) return map{'type': $t, ...}")
    location = ports.location(address, password)
    asking = Asking(location, Request(question, EventSelection(from_ns=...), {"number": "301"}))
    for part in asking.run():            # on a thread of its own; asking.cancel() from any other
        show(part.rows, part.done, part.total)
    asking.ending                        # whether that was all, or which bound was hit

    compile_question  raises QueryError; Question.parameters (name, type, required) are its external variables, which a
                      small form may ask for: their values are texts. $from and $to are there always.
    Request           question, EventSelection (types, from_ns, to_ns), parameters, ResultForm (ROWS or TEXT),
                      QuestionLimits (seconds, rows, characters, workers)
    AnswerPart        rows found since the last one, done and total entries of the store; often without rows
    ResultRow         values: name of the column -> None, bool, int, float, Decimal, str, list or dict;
                      sequence: the number of the event that it is from, or None; text: the item, for ResultForm.TEXT
    Columns           collects the names of columns in the order of their first appearance
    Ending            kind (COMPLETE, CANCELLED, TIME, MEMORY, ROWS, ERROR, STORE, KILLED); message, a core Message;
                      code, line and column of an error of the query

In a question, ``fn:collection()`` is the store's events as document nodes, oldest first; the prefix ``ev`` is declared,
and ``dialects.QUESTION`` has its functions. A row has a sequence number where the item is a node of an event, or a
map or element with a ``sequence``.
"""

from clacks_monitor.core.ports import StoreLocation
from clacks_monitor.session.questions.asking import AnswerPart, Asking
from clacks_monitor.session.questions.columns import Columns
from clacks_monitor.session.questions.ending import Ending, EndKind
from clacks_monitor.session.questions.question import (
    Question,
    QuestionLimits,
    Request,
    compile_question,
)
from clacks_monitor.session.questions.rows import ResultForm, ResultRow
from clacks_monitor.session.questions.stored_events import EVERYTHING, EventSelection

__all__ = [
    "EVERYTHING",
    "AnswerPart",
    "Asking",
    "Columns",
    "EndKind",
    "Ending",
    "EventSelection",
    "Question",
    "QuestionLimits",
    "Request",
    "ResultForm",
    "ResultRow",
    "StoreLocation",
    "compile_question",
]
