//! PNG in black and white: enough for a QR code, without a library for pictures.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A picture of `side` × `side` squares, each of `scale` × `scale` dots, black where `dark` says so.
pub(super) fn squares(side: usize, scale: usize, dark: &dyn Fn(usize, usize) -> bool) -> std::io::Result<Vec<u8>> {
    let dots = side * scale;
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::default());
    for y in 0..dots {
        // Every row begins with the number of its filter: none.
        let mut row = vec![0_u8; 1 + dots.div_ceil(8)];
        for x in 0..dots {
            if !dark(x / scale, y / scale) {
                row[1 + x / 8] |= 128 >> (x % 8);
            }
        }
        rows.write_all(&row)?;
    }
    let size = u32::try_from(dots).unwrap_or(u32::MAX).to_be_bytes();
    let mut header = [size, size].concat();
    // One bit a dot, grey, deflate, the five filters, not interlaced.
    header.extend([1, 0, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, b"IHDR", &header);
    chunk(&mut png, b"IDAT", &rows.finish()?);
    chunk(&mut png, b"IEND", &[]);
    Ok(png)
}

fn chunk(png: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(name);
    crc.update(data);
    png.extend(name);
    png.extend(data);
    png.extend(crc.sum().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn dots_are_where_they_were_put() {
        let png = squares(2, 4, &|x, y| x == y).unwrap();
        assert_eq!(&png[1..4], b"PNG");
        let at = png.windows(4).position(|w| w == b"IDAT").unwrap();
        let length = u32::from_be_bytes(png[at - 4..at].try_into().unwrap()) as usize;
        let mut rows = Vec::new();
        flate2::read::ZlibDecoder::new(&png[at + 4..at + 4 + length]).read_to_end(&mut rows).unwrap();
        assert_eq!(rows, [[0, 0b0000_1111]; 4].into_iter().chain([[0, 0b1111_0000]; 4]).flatten().collect::<Vec<u8>>());
    }
}
