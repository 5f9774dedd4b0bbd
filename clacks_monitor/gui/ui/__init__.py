"""What the forms of Qt Designer are compiled to; see tools/designer_forms.py."""
