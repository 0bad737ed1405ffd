use kernel::{Failure, Fault};

use super::App;

impl App {
    /// Sends the webhooks of providers that live in this process, to the same verification and the same handler as those that come
    /// over the network. Tells how many arrived.
    ///
    /// # Errors
    /// The database's; what did not arrive is sent again.
    pub async fn deliver_webhooks(&self) -> Result<usize, Fault> {
        let mut arrived = 0;
        for line in self.providers.all() {
            let provider = line.provider();
            for delivery in provider.deliveries(self.clock.now()).await? {
                match self.receive(provider.name(), &delivery.headers, &delivery.body).await {
                    Ok(_) => {}
                    Err(Failure::Fault(fault)) => return Err(fault),
                    Err(Failure::Problems(problems)) => {
                        return Err(Fault::internal(format!("{} sent a bad webhook: {problems:?}", provider.name())));
                    }
                }
                provider.delivered(&delivery.reference).await?;
                arrived += 1;
            }
        }
        Ok(arrived)
    }
}
