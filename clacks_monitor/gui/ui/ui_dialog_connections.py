"""ui/dialog_connections.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QTreeWidget,
    QVBoxLayout,
)

class Ui_ConnectionsManager(object):
    def setupUi(self, ConnectionsManager):
        if not ConnectionsManager.objectName():
            ConnectionsManager.setObjectName(u"ConnectionsManager")
        self.row = QHBoxLayout(ConnectionsManager)
        self.row.setSpacing(8)
        self.row.setObjectName(u"row")
        self.list = QTreeWidget(ConnectionsManager)
        self.list.setObjectName(u"list")
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)

        self.row.addWidget(self.list)

        self.buttonColumn = QVBoxLayout()
        self.buttonColumn.setObjectName(u"buttonColumn")
        self.openButton = QPushButton(ConnectionsManager)
        self.openButton.setObjectName(u"openButton")

        self.buttonColumn.addWidget(self.openButton)

        self.addButton = QPushButton(ConnectionsManager)
        self.addButton.setObjectName(u"addButton")

        self.buttonColumn.addWidget(self.addButton)

        self.editButton = QPushButton(ConnectionsManager)
        self.editButton.setObjectName(u"editButton")

        self.buttonColumn.addWidget(self.editButton)

        self.copyButton = QPushButton(ConnectionsManager)
        self.copyButton.setObjectName(u"copyButton")

        self.buttonColumn.addWidget(self.copyButton)

        self.removeButton = QPushButton(ConnectionsManager)
        self.removeButton.setObjectName(u"removeButton")

        self.buttonColumn.addWidget(self.removeButton)

        self.space = QSpacerItem(20, 1, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.buttonColumn.addItem(self.space)

        self.closeButton = QPushButton(ConnectionsManager)
        self.closeButton.setObjectName(u"closeButton")

        self.buttonColumn.addWidget(self.closeButton)


        self.row.addLayout(self.buttonColumn)


        self.retranslateUi(ConnectionsManager)
    # setupUi

    def retranslateUi(self, ConnectionsManager):
        ConnectionsManager.setWindowTitle(QCoreApplication.translate("ConnectionsManager", u"Connections", None))
        ___qtreewidgetitem = self.list.headerItem()
        ___qtreewidgetitem.setText(2, QCoreApplication.translate("ConnectionsManager", u"State", None))
        ___qtreewidgetitem.setText(1, QCoreApplication.translate("ConnectionsManager", u"Broker", None))
        ___qtreewidgetitem.setText(0, QCoreApplication.translate("ConnectionsManager", u"Name", None))
#if QT_CONFIG(accessibility)
        self.list.setAccessibleName(QCoreApplication.translate("ConnectionsManager", u"Connections", None))
#endif // QT_CONFIG(accessibility)
        self.openButton.setText(QCoreApplication.translate("ConnectionsManager", u"&Connect", None))
        self.addButton.setText(QCoreApplication.translate("ConnectionsManager", u"&New\u2026", None))
        self.editButton.setText(QCoreApplication.translate("ConnectionsManager", u"&Edit\u2026", None))
        self.copyButton.setText(QCoreApplication.translate("ConnectionsManager", u"&Duplicate\u2026", None))
        self.removeButton.setText(QCoreApplication.translate("ConnectionsManager", u"&Remove", None))
        self.closeButton.setText(QCoreApplication.translate("ConnectionsManager", u"C&lose", None))
    # retranslateUi

