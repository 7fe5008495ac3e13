//! Words of choosing a place.

/// 县.
pub const COUNTY: &str = "问题属地：县";
/// 乡镇.
pub const TOWN: &str = "问题属地：乡镇街道";
/// 村.
pub const VILLAGE: &str = "问题属地：村社区";
