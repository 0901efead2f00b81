"""`manage.py exportcontent PATH`: all content as JSON, or the certifications as CSV."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from catalog.certification_spreadsheet import export_csv
from catalog.editorial.content_files import export_json


class Command(BaseCommand):
    """Writes what `importcontent` reads; users, history and settings are not in it."""

    help = "Write all content to PATH; if that ends with .csv, the certifications as a table."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: object, path: Path, **options: object) -> None:
        text = export_csv() if path.suffix == ".csv" else export_json()
        path.write_bytes(text.encode())
        self.stdout.write(f"The content is in {path}.")
