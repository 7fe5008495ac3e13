//! From the parts of a form to the signals that inputs write, one way: an input changes its signal,
//! the signal changes the form, the form is kept as a draft.

use leptos::prelude::*;

/// A signal that begins as `get` says and hands every change to `set`.
pub(super) fn link<F, U>(
    form: RwSignal<F>,
    get: impl FnOnce(&mut F) -> U,
    set: impl Fn(&mut F, U) + 'static,
) -> RwSignal<U>
where
    F: Send + Sync + 'static,
    U: Clone + Send + Sync + 'static,
{
    wire(form, get(&mut form.write_untracked()), Box::new(set))
}

/// Once per type and not once per field: forms have many fields, and each copy is in the bundle.
fn wire<F, U>(form: RwSignal<F>, begin: U, set: Box<dyn Fn(&mut F, U)>) -> RwSignal<U>
where
    F: Send + Sync + 'static,
    U: Clone + Send + Sync + 'static,
{
    let signal = RwSignal::new(begin);
    Effect::new(move |before: Option<()>| {
        let value = signal.get();
        if before.is_some() {
            // The form may have gone with its screen.
            let _ = form.try_update(|form| set(form, value));
        }
    });
    signal
}

/// A part as it is: a text, a switch.
pub(super) fn bind<F, T>(form: RwSignal<F>, part: impl Fn(&mut F) -> &mut T + Copy + 'static) -> RwSignal<T>
where
    F: Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    link(form, move |form| part(form).clone(), move |form, value| *part(form) = value)
}

/// One of several, by its place.
pub(super) fn choice<F, E>(
    form: RwSignal<F>,
    all: &'static [E],
    part: impl Fn(&mut F) -> &mut Option<E> + Copy + 'static,
) -> RwSignal<Option<usize>>
where
    F: Send + Sync + 'static,
    E: Copy + PartialEq + Send + Sync + 'static,
{
    let place = move |chosen: &Option<E>| chosen.and_then(|chosen| all.iter().position(|one| *one == chosen));
    link(
        form,
        move |form| place(part(form)),
        move |form, at: Option<usize>| *part(form) = at.and_then(|at| all.get(at).copied()),
    )
}

#[cfg(feature = "desk")]
/// One of several that is always chosen, by its place.
pub(super) fn settled<F, E>(
    form: RwSignal<F>,
    all: &'static [E],
    part: impl Fn(&mut F) -> &mut E + Copy + 'static,
) -> RwSignal<Option<usize>>
where
    F: Send + Sync + 'static,
    E: Copy + PartialEq + Send + Sync + 'static,
{
    link(
        form,
        move |form| {
            let chosen = *part(form);
            all.iter().position(|one| *one == chosen)
        },
        move |form, at: Option<usize>| {
            if let Some(chosen) = at.and_then(|at| all.get(at).copied()) {
                *part(form) = chosen;
            }
        },
    )
}

/// The words of all choices.
pub(super) fn names<E: Copy>(all: &[E], name: impl Fn(E) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| name(*one)).collect()
}
