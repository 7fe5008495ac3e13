//! The browser's clock and its source of random bytes.

use case_core::time::Moment;

use crate::environment::Environment;

/// The browser's clock and its source of random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser;

impl Environment for Browser {
    fn now(&self) -> Moment {
        // Whole milliseconds since 1970; far below 2^53.
        Moment(js_sys::Date::now() as i64)
    }

    fn random(&self) -> [u8; 10] {
        let mut bytes = [0; 10];
        let filled = web_sys::window()
            .and_then(|window| window.crypto().ok())
            .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
        if !filled {
            // Every browser since 2014 has the above. Were it missing, ids must still differ.
            for byte in &mut bytes {
                *byte = (js_sys::Math::random() * 256.0) as u8;
            }
        }
        bytes
    }
}
