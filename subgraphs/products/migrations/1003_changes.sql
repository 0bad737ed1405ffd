-- Whoever keeps answers hears that they do not hold any more, with the commit.
create function products.changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('products_changed', '');
    return null;
end $$;

create trigger changed after insert or update or delete on products.product for each statement execute function products.changed();
create trigger changed after insert or update or delete on products.variant for each statement execute function products.changed();
create trigger changed after insert or update or delete on products.price for each statement execute function products.changed();
create trigger changed after insert or update or delete on products.price_range for each statement execute function products.changed();
create trigger changed after insert or update or delete on products.media for each statement execute function products.changed();
create trigger changed after insert or update or delete on products.category for each statement execute function products.changed();
create trigger changed after insert or update or delete on products.collection for each statement execute function products.changed();
create trigger changed after insert or update or delete on products.collection_product for each statement execute function products.changed();
