//! The browser's own dialog: it holds the focus, closes with Escape and gives the focus back.

use leptos::html;
use leptos::prelude::*;

/// A dialog in the middle of the screen, or with `sheet` a sheet from below.
#[component]
pub fn Dialog(
    /// Whether it is open; closing with Escape sets it back.
    open: RwSignal<bool>,
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// Its heading: names what it is about.
    #[prop(into)]
    title: Signal<String>,
    /// A sheet from below instead.
    #[prop(optional)]
    sheet: bool,
    /// Drawn whenever it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(element) = dialog.get() else { return };
        if open.get() {
            // Open already (or not in the page any more): nothing to do.
            if !element.open() {
                let _ = element.show_modal();
            }
        } else if element.open() {
            element.close();
        }
    });
    let title_id = [&id, "-t"].concat();
    let named_by = title_id.clone();
    let (class, title_class) = if sheet { ("sheet", "sheet__title") } else { ("dialog", "dialog__title") };
    view! {
        <dialog class=class id=id aria-labelledby=named_by node_ref=dialog on:close=move |_| open.set(false)>
            <h2 class=title_class id=title_id>{move || title.get()}</h2>
            {move || open.get().then(|| children())}
        </dialog>
    }
    .into_any()
}
