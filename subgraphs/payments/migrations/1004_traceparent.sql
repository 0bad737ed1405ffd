-- W3C Trace Context of the event that asked for the payment: the worker, which charges outside of its transaction, goes on with it.
alter table payments.payment add column traceparent text;
