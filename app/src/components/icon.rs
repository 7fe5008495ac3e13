//! The icons: one path each, size and stroke come from the stylesheet.

use leptos::prelude::*;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// 回音: two arcs that answer each other.
    Echo,
    /// 今日.
    Today,
    /// 走访, 登门遍访.
    Visit,
    /// 事项.
    Matter,
    /// 我的.
    Me,
    /// 开门接访.
    Reception,
    /// 专门约访.
    Appointment,
    /// 上门回访.
    ReturnVisit,
    /// Search.
    Search,
    /// Camera.
    Camera,
    /// Phone.
    Phone,
    /// Add.
    Plus,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Echo => "M16.1 3.9a9.1 9.1 0 1 0 4.6 10.8M12 7.6a4.4 4.4 0 1 1-4.2 5.9",
            Self::Today => "M5 5h14v15H5zM5 10h14M9 3v4M15 3v4M9 15l2 2 4-4",
            Self::Visit => "M3 11l9-7 9 7M6 9.5V20h12V9.5M10 20v-6h4v6",
            Self::Matter => "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7",
            Self::Me => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.6-6 8-6s8 2 8 6",
            Self::Reception => "M5 21V4l9-1v18M14 5h5v16M3 21h18M11 12v1",
            Self::Appointment => "M5 5h14v15H5zM5 10h14M9 3v4M15 3v4M12 13v3l2 1",
            Self::ReturnVisit => "M9 14l-5-5 5-5M4 9h10a6 6 0 0 1 0 12h-3",
            Self::Search => "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM20 20l-4-4",
            Self::Camera => "M4 8h4l2-3h4l2 3h4v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
            Self::Phone => {
                "M6 3l3 1 1 4-2 2c1 2.5 3 4.5 5.5 5.5l2-2 4 1 1 3c-1 3-4 3-6 2C9 17.5 6 14 4.5 9.5 3.5 6.5 3 4 6 3z"
            }
            Self::Plus => "M12 5v14M5 12h14",
        }
    }

    /// Drawn with a further class, such as `search__icon`.
    #[must_use]
    pub fn with_class(self, class: &'static str) -> AnyView {
        let class = if class.is_empty() { "icon".to_owned() } else { ["icon ", class].concat() };
        view! {
            <svg class=class viewBox="0 0 24 24" aria-hidden="true">
                <path d=self.path()></path>
            </svg>
        }
        .into_any()
    }

    /// Drawn. Icons say nothing by themselves: a word stands beside each.
    #[must_use]
    pub fn draw(self) -> AnyView {
        self.with_class("")
    }
}
