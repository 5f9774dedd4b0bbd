"""ui/compose_history.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QVBoxLayout,
)

class Ui_HistoryPane(object):
    def setupUi(self, HistoryPane):
        if not HistoryPane.objectName():
            HistoryPane.setObjectName(u"HistoryPane")
        self.column = QVBoxLayout(HistoryPane)
        self.column.setSpacing(4)
        self.column.setObjectName(u"column")
        self.column.setContentsMargins(8, 8, 8, 8)
        self.row = QHBoxLayout()
        self.row.setObjectName(u"row")
        self.search = QLineEdit(HistoryPane)
        self.search.setObjectName(u"search")
        self.search.setClearButtonEnabled(True)

        self.row.addWidget(self.search)

        self.openButton = QPushButton(HistoryPane)
        self.openButton.setObjectName(u"openButton")

        self.row.addWidget(self.openButton)

        self.againButton = QPushButton(HistoryPane)
        self.againButton.setObjectName(u"againButton")

        self.row.addWidget(self.againButton)

        self.olderButton = QPushButton(HistoryPane)
        self.olderButton.setObjectName(u"olderButton")

        self.row.addWidget(self.olderButton)

        self.clearButton = QPushButton(HistoryPane)
        self.clearButton.setObjectName(u"clearButton")

        self.row.addWidget(self.clearButton)


        self.column.addLayout(self.row)

        self.list = QTreeWidget(HistoryPane)
        self.list.setObjectName(u"list")
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)

        self.column.addWidget(self.list)


        self.retranslateUi(HistoryPane)
    # setupUi

    def retranslateUi(self, HistoryPane):
        self.search.setPlaceholderText(QCoreApplication.translate("HistoryPane", u"Search sent events", None))
#if QT_CONFIG(accessibility)
        self.search.setAccessibleName(QCoreApplication.translate("HistoryPane", u"Search sent events", None))
#endif // QT_CONFIG(accessibility)
        self.openButton.setText(QCoreApplication.translate("HistoryPane", u"&Compose from copy", None))
        self.againButton.setText(QCoreApplication.translate("HistoryPane", u"Se&nd again", None))
        self.olderButton.setText(QCoreApplication.translate("HistoryPane", u"Olde&r", None))
        self.clearButton.setText(QCoreApplication.translate("HistoryPane", u"C&lear history\u2026", None))
        ___qtreewidgetitem = self.list.headerItem()
        ___qtreewidgetitem.setText(4, QCoreApplication.translate("HistoryPane", u"Content", None))
        ___qtreewidgetitem.setText(3, QCoreApplication.translate("HistoryPane", u"Result", None))
        ___qtreewidgetitem.setText(2, QCoreApplication.translate("HistoryPane", u"To", None))
        ___qtreewidgetitem.setText(1, QCoreApplication.translate("HistoryPane", u"Type", None))
        ___qtreewidgetitem.setText(0, QCoreApplication.translate("HistoryPane", u"Sent", None))
#if QT_CONFIG(accessibility)
        self.list.setAccessibleName(QCoreApplication.translate("HistoryPane", u"Sent events, newest first", None))
#endif // QT_CONFIG(accessibility)
        pass
    # retranslateUi

