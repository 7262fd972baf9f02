//! Memory: separate allocations of bytes, each with a shadow of the same size.

use crate::{Error, Result};
use std::collections::BTreeMap;

/// All allocations, by address. Allocations never touch, so overruns are seen.
#[derive(Default)]
pub struct Memory {
    blocks: BTreeMap<u64, Allocation>,
    next: u64,
}

struct Allocation {
    bytes: Vec<u8>,
    shadow: Vec<u8>,
}

const FIRST: u64 = 1 << 20;
const GUARD: u64 = 64;

impl Memory {
    /// Reserves `size` zero bytes, aligned to 64.
    pub fn allocate(&mut self, size: u64) -> u64 {
        let address = self.next.max(FIRST);
        self.next = (address + size + GUARD).next_multiple_of(64);
        let zeros = vec![0; size as usize];
        self.blocks.insert(
            address,
            Allocation {
                bytes: zeros.clone(),
                shadow: zeros,
            },
        );
        address
    }

    /// Gives an allocation back.
    pub fn release(&mut self, address: u64) -> Result<()> {
        match self.blocks.remove(&address) {
            Some(_) => Ok(()),
            None => Err(Error::Trap(format!("free of {address:#x}"))),
        }
    }

    /// Size of the allocation at exactly `address`.
    pub fn size(&self, address: u64) -> Option<u64> {
        self.blocks.get(&address).map(|b| b.bytes.len() as u64)
    }

    /// Allocations that exist now.
    pub fn live(&self) -> usize {
        self.blocks.len()
    }

    fn find(&mut self, address: u64, len: usize) -> Result<(&mut Allocation, usize)> {
        let trap = || Error::Trap(format!("access of {len} bytes at {address:#x}"));
        let (base, block) = self
            .blocks
            .range_mut(..=address)
            .next_back()
            .ok_or_else(trap)?;
        let offset = (address - base) as usize;
        if offset
            .checked_add(len)
            .is_none_or(|end| end > block.bytes.len())
        {
            return Err(trap());
        }
        Ok((block, offset))
    }

    /// Bytes and shadow bytes.
    pub fn read(&mut self, address: u64, len: usize) -> Result<(Vec<u8>, Vec<u8>)> {
        if len == 0 {
            return Ok((Vec::new(), Vec::new()));
        }
        let (block, offset) = self.find(address, len)?;
        let range = offset..offset + len;
        Ok((
            block.bytes[range.clone()].to_vec(),
            block.shadow[range].to_vec(),
        ))
    }

    /// Writes bytes and shadow bytes of the same number.
    pub fn write(&mut self, address: u64, bytes: &[u8], shadow: &[u8]) -> Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let (block, offset) = self.find(address, bytes.len())?;
        block.bytes[offset..offset + bytes.len()].copy_from_slice(bytes);
        block.shadow[offset..offset + shadow.len()].copy_from_slice(shadow);
        Ok(())
    }

    /// An allocation holding doubles with their tangents.
    pub fn doubles(&mut self, values: &[(f64, f64)]) -> u64 {
        let address = self.allocate(values.len() as u64 * 8);
        for (i, (value, tangent)) in values.iter().enumerate() {
            let place = address + i as u64 * 8;
            self.write(place, &value.to_le_bytes(), &tangent.to_le_bytes())
                .expect("just allocated");
        }
        address
    }

    /// Reads doubles with their tangents.
    pub fn read_doubles(&mut self, address: u64, count: usize) -> Result<Vec<(f64, f64)>> {
        let (bytes, shadow) = self.read(address, count * 8)?;
        let double = |list: &[u8], i: usize| {
            f64::from_le_bytes(list[i * 8..i * 8 + 8].try_into().expect("eight bytes"))
        };
        Ok((0..count)
            .map(|i| (double(&bytes, i), double(&shadow, i)))
            .collect())
    }
}
