"""ui/compose_templates.ui as compiled by tools/designer_forms.py: change the form, not this module."""

from PySide6.QtCore import (
    QCoreApplication,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSpacerItem,
    QTreeWidget,
)

from clacks_monitor.gui.kit.labels import PlainLabel

class Ui_TemplatesPane(object):
    def setupUi(self, TemplatesPane):
        if not TemplatesPane.objectName():
            TemplatesPane.setObjectName(u"TemplatesPane")
        self.row = QHBoxLayout(TemplatesPane)
        self.row.setObjectName(u"row")
        self.row.setContentsMargins(8, 8, 8, 8)
        self.tree = QTreeWidget(TemplatesPane)
        self.tree.setObjectName(u"tree")
        self.tree.setFrameShape(QFrame.Shape.StyledPanel)
        self.tree.setUniformRowHeights(True)

        self.row.addWidget(self.tree)

        self.buttons = QGridLayout()
        self.buttons.setObjectName(u"buttons")
        self.openButton = QPushButton(TemplatesPane)
        self.openButton.setObjectName(u"openButton")

        self.buttons.addWidget(self.openButton, 0, 0, 1, 1)

        self.saveButton = QPushButton(TemplatesPane)
        self.saveButton.setObjectName(u"saveButton")

        self.buttons.addWidget(self.saveButton, 0, 1, 1, 1)

        self.editButton = QPushButton(TemplatesPane)
        self.editButton.setObjectName(u"editButton")

        self.buttons.addWidget(self.editButton, 1, 0, 1, 1)

        self.replaceButton = QPushButton(TemplatesPane)
        self.replaceButton.setObjectName(u"replaceButton")

        self.buttons.addWidget(self.replaceButton, 1, 1, 1, 1)

        self.deleteButton = QPushButton(TemplatesPane)
        self.deleteButton.setObjectName(u"deleteButton")

        self.buttons.addWidget(self.deleteButton, 2, 0, 1, 1)

        self.undoButton = QPushButton(TemplatesPane)
        self.undoButton.setObjectName(u"undoButton")

        self.buttons.addWidget(self.undoButton, 2, 1, 1, 1)

        self.importButton = QPushButton(TemplatesPane)
        self.importButton.setObjectName(u"importButton")

        self.buttons.addWidget(self.importButton, 3, 0, 1, 1)

        self.exportButton = QPushButton(TemplatesPane)
        self.exportButton.setObjectName(u"exportButton")

        self.buttons.addWidget(self.exportButton, 3, 1, 1, 1)

        self.message = PlainLabel(TemplatesPane)
        self.message.setObjectName(u"message")
        self.message.setWordWrap(True)

        self.buttons.addWidget(self.message, 4, 0, 1, 2)

        self.space = QSpacerItem(20, 1, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

        self.buttons.addItem(self.space, 5, 0, 1, 1)


        self.row.addLayout(self.buttons)


        self.retranslateUi(TemplatesPane)
    # setupUi

    def retranslateUi(self, TemplatesPane):
        ___qtreewidgetitem = self.tree.headerItem()
        ___qtreewidgetitem.setText(1, QCoreApplication.translate("TemplatesPane", u"Notes", None))
        ___qtreewidgetitem.setText(0, QCoreApplication.translate("TemplatesPane", u"Template", None))
#if QT_CONFIG(accessibility)
        self.tree.setAccessibleName(QCoreApplication.translate("TemplatesPane", u"Templates by folder", None))
#endif // QT_CONFIG(accessibility)
        self.openButton.setText(QCoreApplication.translate("TemplatesPane", u"&Compose from template", None))
        self.saveButton.setText(QCoreApplication.translate("TemplatesPane", u"&Save this event\u2026", None))
        self.editButton.setText(QCoreApplication.translate("TemplatesPane", u"&Name and notes\u2026", None))
        self.replaceButton.setText(QCoreApplication.translate("TemplatesPane", u"&Replace with this event", None))
        self.deleteButton.setText(QCoreApplication.translate("TemplatesPane", u"De&lete", None))
        self.undoButton.setText(QCoreApplication.translate("TemplatesPane", u"&Undo delete", None))
        self.importButton.setText(QCoreApplication.translate("TemplatesPane", u"&Import\u2026", None))
        self.exportButton.setText(QCoreApplication.translate("TemplatesPane", u"E&xport\u2026", None))
        pass
    # retranslateUi

