-- Searching the documents themselves, for the time when the index is away.

alter table search.product_document add column words tsvector generated always as (
    setweight(to_tsvector('english', coalesce(snapshot ->> 'title', '')), 'A')
    || setweight(to_tsvector('english', coalesce(snapshot ->> 'vendor', '')), 'B')
    || setweight(jsonb_to_tsvector('english', coalesce(snapshot -> 'tags', '[]'), '["string"]'), 'C')
    || setweight(jsonb_to_tsvector('english', coalesce(snapshot -> 'category_path', '[]'), '["string"]'), 'C')
    || setweight(to_tsvector('english', coalesce(snapshot ->> 'description_html', '')), 'D')
) stored;
create index product_document_words on search.product_document using gin (words) where not deleted;
create index product_document_title on search.product_document (lower(snapshot ->> 'title') text_pattern_ops) where not deleted;
create index product_document_listed on search.product_document (listed_at desc) where not deleted;
