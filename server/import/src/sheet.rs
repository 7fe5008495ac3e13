//! 工作表: cells in rows, before anybody knows what they mean; and the limits that keep a hostile
//! or mistaken file from eating the server.
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::cell::{self, Cell};
use crate::problem::FileError;

/// How many bytes a file may have.
pub const MAX_BYTES: usize = 64 << 20;
/// How many rows that are not blank a table may have.
pub const MAX_ROWS: usize = 200_000;
/// How many cells a table may have, counting the empty ones before the last in a row.
pub const MAX_CELLS: usize = 4_000_000;
/// How many bytes of text all cells may hold: one long text can stand in any number of cells and
/// take its room in the file only once.
pub(crate) const MAX_TEXT: usize = 256 << 20;
/// Columns further to the right are not looked at.
pub const MAX_COLUMNS: usize = 128;

/// Cells merged into one: rows and columns, both ends included, rows counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    pub rows: (u32, u32),
    pub columns: (usize, usize),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SheetRow {
    pub number: u32,
    pub cells: Vec<Cell>,
}

impl SheetRow {
    pub(crate) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&cell::EMPTY)
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// The rows that are not blank, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Sheet {
    pub name: String,
    pub rows: Vec<SheetRow>,
    pub merges: Vec<Merge>,
}

/// Collects cells in whatever order a file has them.
pub(crate) struct Builder {
    cells: Vec<(u32, usize, Cell)>,
    text: usize,
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self { cells: Vec::new(), text: 0 }
    }

    /// Rows counted from 1, columns from 0.
    pub(crate) fn put(&mut self, row: u32, column: usize, cell: Cell) -> Result<(), FileError> {
        if column >= MAX_COLUMNS || cell.is_blank() {
            return Ok(());
        }
        if self.cells.len() >= MAX_CELLS {
            return Err(FileError::TooManyCells { limit: MAX_CELLS });
        }
        if let Cell::Text(text) = &cell {
            self.text += text.len();
        }
        if self.text > MAX_TEXT {
            return Err(FileError::UnpacksTooLarge { limit: MAX_TEXT as u64 });
        }
        self.cells.push((row, column, cell));
        Ok(())
    }

    pub(crate) fn finish(mut self, name: String, merges: Vec<Merge>) -> Result<Sheet, FileError> {
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        let mut sheet = Sheet { name, rows: Vec::new(), merges };
        let mut count = 0usize;
        for (number, column, cell) in self.cells {
            if sheet.rows.last().is_none_or(|row| row.number != number) {
                if sheet.rows.len() >= MAX_ROWS {
                    return Err(FileError::TooManyRows { limit: MAX_ROWS });
                }
                sheet.rows.push(SheetRow { number, cells: Vec::new() });
            }
            let Some(row) = sheet.rows.last_mut() else { continue };
            count += (column + 1).saturating_sub(row.cells.len());
            if count > MAX_CELLS {
                return Err(FileError::TooManyCells { limit: MAX_CELLS });
            }
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::Empty);
            }
            if let Some(place) = row.cells.get_mut(column) {
                *place = cell;
            }
        }
        Ok(sheet)
    }
}

/// Runs a reader of somebody else's making: should it stumble over a damaged file, that is the
/// file's fault and not the end of the server.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, FileError>) -> Result<T, FileError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(FileError::Damaged))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn cells_may_come_in_any_order_and_far_columns_are_not_looked_at() {
        let mut builder = Builder::new();
        builder.put(7, 1, Cell::text("丙")).unwrap();
        builder.put(3, 2, Cell::text("乙")).unwrap();
        builder.put(3, 0, Cell::text("甲")).unwrap();
        builder.put(3, 16_000, Cell::text("远")).unwrap();
        builder.put(9, 0, Cell::text(" \u{3000}")).unwrap();
        let sheet = builder.finish("表".into(), Vec::new()).unwrap();
        assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [3, 7]);
        assert_eq!(sheet.rows[0].cells, [Cell::text("甲"), Cell::Empty, Cell::text("乙")]);
    }

    #[test]
    fn too_many_rows_are_refused() {
        let mut builder = Builder::new();
        for row in 0..=u32::try_from(MAX_ROWS).unwrap() {
            builder.put(row + 1, 0, Cell::Number(1.0)).unwrap();
        }
        let refused = builder.finish(String::new(), Vec::new());
        assert_eq!(refused.unwrap_err(), FileError::TooManyRows { limit: MAX_ROWS });
    }

    #[test]
    fn one_long_text_in_many_cells_is_stopped() {
        let mut builder = Builder::new();
        let long = "长".repeat(1 << 20);
        let stopped = (1..=100).find_map(|row| builder.put(row, 0, Cell::text(long.as_str())).err());
        assert_eq!(stopped, Some(FileError::UnpacksTooLarge { limit: MAX_TEXT as u64 }));
    }

    #[test]
    fn a_reader_that_stumbles_is_a_damaged_file() {
        let quiet = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        #[allow(clippy::panic, reason = "that is what is tested")]
        let result = guarded::<()>(|| panic!("as a reader might"));
        std::panic::set_hook(quiet);
        assert_eq!(result, Err(FileError::Damaged));
    }
}
