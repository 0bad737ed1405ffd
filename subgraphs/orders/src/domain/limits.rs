/// Different variants in a cart.
pub const MAX_LINES: usize = 100;
/// Units of one variant in a cart.
pub const MAX_QUANTITY: i32 = 999;
