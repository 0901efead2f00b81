"""A window of WebKitGTK for WebKitWebDriver, as narrow as a telephone, that zooms and prints.

Debian's own Python runs it, which alone has the bindings of WebKitGTK. What it says goes to stdout:
each line of the console, “CRASHED” when a page dies, “printed PATH” when a PDF is whole. A page
tells it what to do by `webkit.messageHandlers.trial.postMessage("zoom 1.5")`, or “print PATH”.
"""

import os
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402 - the versions come first

HAS_SCRIPT = os.environ.get("TRIAL_SCRIPT", "1") == "1"
FONT_PIXELS = int(os.environ.get("TRIAL_FONT", "16"))
printing = []  # until each is done nothing else holds it


def say(*words):
    print(*words, flush=True)


def print_page(view, path):
    settings = Gtk.PrintSettings()
    settings.set_printer("Print to File")
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, GLib.filename_to_uri(path, None))
    settings.set(Gtk.PRINT_SETTINGS_OUTPUT_FILE_FORMAT, "pdf")
    paper = Gtk.PageSetup()
    paper.set_paper_size_and_default_margins(Gtk.PaperSize.new("iso_a4"))
    operation = WebKit2.PrintOperation.new(view)
    operation.set_print_settings(settings)
    operation.set_page_setup(paper)
    operation.connect("finished", lambda _: say("printed", path))
    printing.append(operation)
    operation.print_()


def obey(view, message):
    order, _, value = message.get_js_value().to_string().partition(" ")
    if order == "zoom":
        view.set_zoom_level(float(value))
    else:
        print_page(view, value)


def open_window(context):
    content = WebKit2.UserContentManager()
    content.register_script_message_handler("trial")
    view = WebKit2.WebView(
        web_context=context,
        user_content_manager=content,
        is_controlled_by_automation=True,
        settings=WebKit2.Settings(
            enable_javascript_markup=HAS_SCRIPT,
            default_font_size=FONT_PIXELS,
            enable_write_console_messages_to_stdout=True,
            javascript_can_access_clipboard=True,
        ),
    )
    content.connect("script-message-received::trial", lambda _, message: obey(view, message))
    view.connect("web-process-terminated", lambda _, reason: say("CRASHED", reason.value_nick))
    window = Gtk.Window(decorated=False)
    window.set_default_size(1280, 800)
    window.add(view)
    window.show_all()
    view.grab_focus()
    return view


def main():
    Gtk.init(sys.argv)
    context = WebKit2.WebContext.get_default()
    context.set_automation_allowed(True)

    def started(_, session):
        information = WebKit2.ApplicationInfo()
        information.set_name("webkit_window")
        information.set_version(1, 0, 0)
        session.set_application_info(information)
        session.connect("create-web-view", lambda _: open_window(context))

    context.connect("automation-started", started)
    Gtk.main()


main()
