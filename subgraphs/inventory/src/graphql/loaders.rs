use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::dataloader::Loader;
use kernel::{Fault, VariantId, WarehouseId};

use crate::app::{App, Warehouse};
use crate::domain::Level;

impl Loader<VariantId> for App {
    type Value = Level;
    type Error = Arc<Fault>;

    async fn load(&self, variants: &[VariantId]) -> Result<HashMap<VariantId, Level>, Arc<Fault>> {
        self.shown_levels(variants).await.map_err(Arc::new)
    }
}

impl Loader<WarehouseId> for App {
    type Value = Warehouse;
    type Error = Arc<Fault>;

    async fn load(&self, ids: &[WarehouseId]) -> Result<HashMap<WarehouseId, Warehouse>, Arc<Fault>> {
        self.warehouses_by_id(ids).await.map_err(Arc::new)
    }
}
