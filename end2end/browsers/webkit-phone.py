#!/usr/bin/python3
"""A browser for tests: WebKitGTK under automation that keeps what pages store, as a phone does.

The library's own MiniBrowser forgets everything at its end when it is automated; then nobody could
test that a record survives. Everything lies in the folder that HUIYIN_PHONE names.
"""

import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

FOLDER = os.environ["HUIYIN_PHONE"]

manager = WebKit2.WebsiteDataManager(base_data_directory=FOLDER + "/data", base_cache_directory=FOLDER + "/cache")
manager.get_cookie_manager().set_persistent_storage(FOLDER + "/cookies.sqlite", WebKit2.CookiePersistentStorage.SQLITE)
# The tests' own certificate, which nobody trusts.
manager.set_tls_errors_policy(WebKit2.TLSErrorsPolicy.IGNORE)
context = WebKit2.WebContext.new_with_website_data_manager(manager)
context.set_automation_allowed(True)


def make_view(_session):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window()
    window.set_default_size(412, 915)
    window.add(view)
    view.connect("close", lambda _view: window.destroy())
    window.show_all()
    return view


def started(_context, session):
    version = (WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    about = WebKit2.ApplicationInfo()
    about.set_name("WebKitGTK")
    about.set_version(*version)
    session.set_application_info(about)
    session.connect("create-web-view", make_view)


context.connect("automation-started", started)
Gtk.main()
