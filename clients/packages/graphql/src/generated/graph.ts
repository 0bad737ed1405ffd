import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An ISO 4217 currency code: three capital letters, for example `EUR`. */
  CurrencyCode: { input: string; output: string; }
  /**
   * A datetime with timezone offset.
   *
   * The input is a string in RFC3339 format, e.g. "2022-01-12T04:00:19.12345Z"
   * or "2022-01-12T04:00:19+03:00". The output is also a string in RFC3339
   * format, but it is always normalized to the UTC (Z) offset, e.g.
   * "2022-01-12T04:00:19.12345Z".
   */
  DateTime: { input: string; output: string; }
  Decimal: { input: string; output: string; }
};

/** Why something about an account or a session did not happen. */
export type AccountError = {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** An account to open. */
export type AccountRegisterInput = {
  /** How the person wants to be called, 1 to 100 characters. */
  readonly displayName: Scalars['String']['input'];
  /** Where to reach the person; also what they sign in with. Upper and lower case are the same. */
  readonly email: Scalars['String']['input'];
  /** Language tag (BCP 47) for what is written to the person, for example `pt-BR`. */
  readonly locale?: Scalars['String']['input'];
  /** 8 to 128 characters; neither the e-mail address nor one that everybody tries first. */
  readonly password: Scalars['String']['input'];
  /** What the client is, for the list of sessions, for example `TechCorp for iPhone 4.1`. */
  readonly userAgent?: InputMaybe<Scalars['String']['input']>;
};

/** What became of opening an account. */
export type AccountRegisterPayload = {
  /** Proves who asks: send it as `Authorization: Bearer …`. Null when there are errors. */
  readonly accessToken?: Maybe<Scalars['String']['output']>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<AccountError>;
  /** How many seconds the access token is valid; null when there are errors. */
  readonly expiresIn?: Maybe<Scalars['Int']['output']>;
  /**
   * Gets the next access token from `sessionRefresh`, once. Keep it where no script can read it. Null when there are
   * errors.
   */
  readonly refreshToken?: Maybe<Scalars['String']['output']>;
  /** The sign-in; null when there are errors. */
  readonly session?: Maybe<Session>;
  /** Who is signed in; null when there are errors. */
  readonly user?: Maybe<User>;
};

/** What an account may do, as a person would say it. */
export type AccountRole =
  /** May do everything, also give and take roles. */
  | 'ADMINISTRATOR'
  /** Runs the warehouse and gives money back: orders, stock, payments and refunds. Looks after messages that were given up. */
  | 'OPERATIONS'
  /** Keeps the catalogue and its stock. */
  | 'PRODUCT_MANAGER'
  /** Buys. Everybody is a shopper. */
  | 'SHOPPER'
  /** Answers to customers: sees and changes orders and profiles, sees payments, messages, catalogue and stock. */
  | 'SUPPORT';

/** Who shall have which roles. */
export type AccountRolesUpdateInput = {
  /** All roles it shall have from now on. `SHOPPER` is always among them. */
  readonly roles: ReadonlyArray<AccountRole>;
  /** The account. */
  readonly userId: Scalars['ID']['input'];
};

/** What became of giving and taking roles. */
export type AccountRolesUpdatePayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<AccountError>;
  /** The roles it has now; null when there are errors. */
  readonly roles?: Maybe<ReadonlyArray<AccountRole>>;
  /** The account; null when there are errors. */
  readonly user?: Maybe<User>;
};

/** An entry of a person's address book. */
export type Address = {
  /** The lines. */
  readonly address: PostalAddress;
  /** When it was added. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Whether bills go there unless told otherwise; true for one entry at most. */
  readonly defaultBilling: Scalars['Boolean']['output'];
  /** Whether goods go there unless told otherwise; true for one entry at most. */
  readonly defaultShipping: Scalars['Boolean']['output'];
  /** Identifies the entry. */
  readonly id: Scalars['ID']['output'];
  /** What its owner calls it, for example `Home`; may be empty. */
  readonly label: Scalars['String']['output'];
};

/** An address to keep. */
export type AddressCreateInput = {
  /** The lines. */
  readonly address: PostalAddressInput;
  /** Whether bills go there unless told otherwise. When absent, they do if it is the first entry. */
  readonly defaultBilling?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether goods go there unless told otherwise. When absent, they do if it is the first entry. */
  readonly defaultShipping?: InputMaybe<Scalars['Boolean']['input']>;
  /** What you call it, for example `Home`; at most 60 characters. */
  readonly label?: Scalars['String']['input'];
  /** Whose address book; yours when absent. Those of others need `users:write`. */
  readonly userId?: InputMaybe<Scalars['ID']['input']>;
};

/** What became of adding an address. */
export type AddressCreatePayload = {
  /**
   * The new entry, or the one that says the same already; null when there are errors, and for staff that
   * may change address books but not see them.
   */
  readonly address?: Maybe<Address>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<ProfileError>;
};

/** Which address to remove. */
export type AddressDeleteInput = {
  /** The entry of the address book. */
  readonly id: Scalars['ID']['input'];
};

/** What became of removing an address. */
export type AddressDeletePayload = {
  /** The entry that is gone; null when there are errors. */
  readonly deletedAddressId?: Maybe<Scalars['ID']['output']>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<ProfileError>;
};

/** The address book is full. */
export type AddressLimitReached = ProfileError & {
  /** How many entries an address book can have. */
  readonly limit: Scalars['Int']['output'];
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** What shall be different about an address. An absent field stays as it is. */
export type AddressUpdateInput = {
  /** The lines, all of them. */
  readonly address?: InputMaybe<PostalAddressInput>;
  /** Whether bills go there unless told otherwise. The entry that was the default no longer is. */
  readonly defaultBilling?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whether goods go there unless told otherwise. The entry that was the default no longer is. */
  readonly defaultShipping?: InputMaybe<Scalars['Boolean']['input']>;
  /** The entry of the address book. */
  readonly id: Scalars['ID']['input'];
  /** What you call it, for example `Home`; at most 60 characters. */
  readonly label?: InputMaybe<Scalars['String']['input']>;
};

/** What became of changing an address. */
export type AddressUpdatePayload = {
  /**
   * The changed entry; null when there are errors, and for staff that
   * may change address books but not see them.
   */
  readonly address?: Maybe<Address>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<ProfileError>;
};

/** Its consumer has got it again, so it is not given up any more. */
export type AlreadyReplayed = DeadLetterError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** When that was. */
  readonly replayedAt: Scalars['DateTime']['output'];
  /** Who did it, as in `AuditEntry.actor`. */
  readonly replayedBy: Scalars['String']['output'];
};

/** A security-relevant act. */
export type AuditAction =
  /** A message that was given up was deleted. */
  | 'DEAD_LETTER_DISCARDED'
  /** A message that was given up was given to its consumer again. */
  | 'DEAD_LETTER_REPLAYED'
  /** A password was replaced. */
  | 'PASSWORD_CHANGED'
  /** A refresh token came a second time, so its session was ended. */
  | 'REFRESH_TOKEN_REUSED'
  /** An account was given or lost roles. */
  | 'ROLES_CHANGED'
  /** A session was ended before its time. */
  | 'SESSION_REVOKED'
  /** Somebody tried to sign in with a wrong password or an unknown address. */
  | 'SIGN_IN_FAILED';

/** An act that was written down when it happened. Entries are never changed. */
export type AuditEntry = {
  /** What was done. */
  readonly action: AuditAction;
  /** Who did it: `account:<id>`, `cli:<name>` for who worked at the command line, `anonymous`, or `system`. */
  readonly actor: Scalars['String']['output'];
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
  /** What else there is to say, as a JSON object: roles before and after, why a session ended, which queue a message was in. */
  readonly details: Scalars['String']['output'];
  /** Identifies the entry. */
  readonly id: Scalars['ID']['output'];
  /** What the client said it is; null when that is not known. */
  readonly origin?: Maybe<Scalars['String']['output']>;
  /** To what: `account:<id>`, `account:unknown`, `session:<id>` or `dead-letter:<id>`. */
  readonly subject: Scalars['String']['output'];
};

export type AuditEntryConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<AuditEntryEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<AuditEntry>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
};

/** An edge in a connection. */
export type AuditEntryEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: AuditEntry;
};

/** Which entries to list. An absent field filters nothing. */
export type AuditFilter = {
  /** What was done. */
  readonly action?: InputMaybe<AuditAction>;
  /** Who did it, as in `AuditEntry.actor`. */
  readonly actor?: InputMaybe<Scalars['String']['input']>;
  /** To what, as in `AuditEntry.subject`. */
  readonly subject?: InputMaybe<Scalars['String']['input']>;
};

/**
 * Whether and how much of a variant can be bought, as last heard: mostly a moment ago, and at most 30 seconds. It is no promise:
 * units are set aside when an order is placed.
 */
export type Availability = {
  /** Units that can be bought, in all warehouses. */
  readonly quantity: Scalars['Int']['output'];
  /** What the quantity means to a shopper. */
  readonly status: AvailabilityStatus;
};

/** Whether a variant can be bought. */
export type AvailabilityStatus =
  /** There is enough. */
  | 'IN_STOCK'
  /** There is little: at or below the variant's threshold. */
  | 'LOW_STOCK'
  /** There is none. */
  | 'OUT_OF_STOCK';

/** Whether an answer was made for this request. */
export type CacheStatus =
  /** It was made for an earlier request. */
  | 'HIT'
  /** It was made for this request. */
  | 'MISS';

/** What a shopper is about to buy. A guest's cart belongs to whoever knows its id; it becomes the account's that changes it. */
export type Cart = {
  /** The deliveries to choose from; they depend on the country and the currency. */
  readonly availableDeliveries: ReadonlyArray<DeliveryOption>;
  /** What it is paid in. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** The chosen delivery. */
  readonly delivery?: Maybe<DeliveryOption>;
  /** Where to reach the shopper. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** Identifies the cart; nobody can guess it. */
  readonly id: Scalars['ID']['output'];
  /** What is in it, oldest first. */
  readonly lines: ReadonlyArray<CartLine>;
  /** What stands in the way of buying the lines: changed prices, stock that is gone. Ask again after every change. */
  readonly problems: ReadonlyArray<OrderingError>;
  /** Price of the delivery; zero until one is chosen. */
  readonly shipping: Money;
  /** Where the goods go. */
  readonly shippingAddress?: Maybe<PostalAddress>;
  /** Sum of the lines. */
  readonly subtotal: Money;
  /** The tax, by the country of the address; zero until there is one. */
  readonly tax: Money;
  /** Whether the tax is in the prices (true) or comes on top (false). */
  readonly taxIncluded: Scalars['Boolean']['output'];
  /** What will be charged. */
  readonly total: Money;
  /** When it last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
};

/** Who buys. An absent field stays as it is. */
export type CartBuyerUpdateInput = {
  /** The cart. */
  readonly cartId: Scalars['ID']['input'];
  /** Where to reach the shopper. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** Where the goods go. */
  readonly shippingAddress?: InputMaybe<PostalAddressInput>;
};

/** A new cart. */
export type CartCreateInput = {
  /** What it is paid in; the euro when absent. */
  readonly currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** What to put into it at once. */
  readonly lines?: ReadonlyArray<CartLineInput>;
};

/** How a cart shall be delivered. */
export type CartDeliverySelectInput = {
  /** The cart. */
  readonly cartId: Scalars['ID']['input'];
  /** The `code` of one of `cart.availableDeliveries`. */
  readonly delivery: Scalars['String']['input'];
};

/** Something is still missing before the cart can become an order. */
export type CartIncomplete = OrderingError & {
  /** What is missing, as a field of the cart. */
  readonly field: Scalars['String']['output'];
  /** What is missing and how to add it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Some units of a variant in a cart. */
export type CartLine = {
  /** Address of a picture. */
  readonly imageUrl?: Maybe<Scalars['String']['output']>;
  /** Units. */
  readonly quantity: Scalars['Int']['output'];
  /** The product's title. */
  readonly title: Scalars['String']['output'];
  /** Price of all units. */
  readonly total: Money;
  /** Price of one unit now. When it is another than the one that was seen, `problems` says so. */
  readonly unitPrice: Money;
  /** What. */
  readonly variant: ProductVariant;
  /** The chosen options, for example `Red / Large`; may be empty. */
  readonly variantTitle: Scalars['String']['output'];
};

/** Units of a variant for a cart. */
export type CartLineInput = {
  /** Units, 1 to 999. */
  readonly quantity?: Scalars['Int']['input'];
  /** What. */
  readonly variantId: Scalars['ID']['input'];
};

/** What to put into a cart, or how much of it shall be there. */
export type CartLinesInput = {
  /** The cart. */
  readonly cartId: Scalars['ID']['input'];
  /** The lines. */
  readonly lines: ReadonlyArray<CartLineInput>;
};

/** What to take out of a cart. */
export type CartLinesRemoveInput = {
  /** The cart. */
  readonly cartId: Scalars['ID']['input'];
  /** The variants. */
  readonly variantIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** What became of changing a cart. */
export type CartPayload = {
  /** The cart after the change; null when there are errors. */
  readonly cart?: Maybe<Cart>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<OrderingError>;
};

/** Why a change to the catalogue did not happen. */
export type CatalogueError = {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** A node of the category tree. */
export type Category = {
  /** Identifies the category for good. */
  readonly id: Scalars['ID']['output'];
  /** Display name. */
  readonly name: Scalars['String']['output'];
  /** Names from the root to this category, for a breadcrumb. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The products of this category and of those below it. */
  readonly products: ProductConnection;
  /** Part of the category's address in the shop, for example `kitchen-coffee-tea`. Unique. */
  readonly slug: Scalars['String']['output'];
};


/** A node of the category tree. */
export type CategoryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  sortBy?: InputMaybe<ProductSort>;
};

/** A wish to buy what is in a cart. */
export type CheckoutCompleteInput = {
  /** The cart. */
  readonly cartId: Scalars['ID']['input'];
  /** Made anew for each intent to buy, for example a UUID. Sent again with the same input it answers with the same order. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Language (BCP 47) for what is written to the shopper. */
  readonly locale?: Scalars['String']['input'];
  /** How it is paid. */
  readonly payment: PaymentInput;
};

/** A hand-picked, ordered group of products. */
export type Collection = {
  /** Description as HTML that is safe to show; may be empty. */
  readonly descriptionHtml: Scalars['String']['output'];
  /** Identifies the collection for good. */
  readonly id: Scalars['ID']['output'];
  /** The collection's products in the order that staff gave them. Shoppers see those for sale, `catalogue:read` sees all. */
  readonly products: ProductConnection;
  /** Part of the collection's address in the shop, for example `summer-evenings`. Unique among collections. */
  readonly slug: Scalars['String']['output'];
  /** Display name. */
  readonly title: Scalars['String']['output'];
  /** Grows by one with every change of the collection; a change has to name the version that it was made from. */
  readonly version: Scalars['Int']['output'];
};


/** A hand-picked, ordered group of products. */
export type CollectionProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type CollectionConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<CollectionEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<Collection>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many collections there are on all pages. Counted only when selected. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A collection to create. */
export type CollectionCreateInput = {
  /** Description as HTML; scripts and the like are removed. */
  readonly descriptionHtml?: Scalars['String']['input'];
  /** Any text of your choice, new for each collection. Repeating a request under its key creates nothing again. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Part of the collection's address in the shop, for example `summer-evenings`; made from the title when absent. */
  readonly slug?: InputMaybe<Scalars['String']['input']>;
  /** Display name. */
  readonly title: Scalars['String']['input'];
};

/** What became of creating a collection. */
export type CollectionCreatePayload = {
  /** The collection, still empty; null when there are errors. */
  readonly collection?: Maybe<Collection>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<CatalogueError>;
};

/** An edge in a connection. */
export type CollectionEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: Collection;
};

/** The products that a collection shall have. */
export type CollectionProductsSetInput = {
  /** The collection's `version` that the change was made from. If given and another one by now, nothing is changed. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The collection. */
  readonly id: Scalars['ID']['input'];
  /** The products in display order, all of them; at most 1000, each once. */
  readonly productIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** What became of setting a collection's products. */
export type CollectionProductsSetPayload = {
  /** The collection with its products; null when there are errors. */
  readonly collection?: Maybe<Collection>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<CatalogueError>;
};

/** What shall be different about a collection. An absent field stays as it is. */
export type CollectionUpdateInput = {
  /** Description as HTML; scripts and the like are removed. */
  readonly descriptionHtml?: InputMaybe<Scalars['String']['input']>;
  /** The collection's `version` that the change was made from. If it is another one by now, nothing is changed. */
  readonly expectedVersion: Scalars['Int']['input'];
  /** The collection. */
  readonly id: Scalars['ID']['input'];
  /** Part of the collection's address in the shop. The old address no longer leads to it. */
  readonly slug?: InputMaybe<Scalars['String']['input']>;
  /** Display name. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
};

/** What became of changing a collection. */
export type CollectionUpdatePayload = {
  /** The collection, changed; null when there are errors. */
  readonly collection?: Maybe<Collection>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<CatalogueError>;
};

/** The collection was changed since it was read. */
export type CollectionVersionConflict = CatalogueError & {
  /** The collection's version now. */
  readonly currentVersion: Scalars['Int']['output'];
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** A message that a consumer gave up: its effect did not happen. It may hold personal data. */
export type DeadLetter = {
  /** How often it was tried since it came, or was last replayed. */
  readonly attempts: Scalars['Int']['output'];
  /** When it was given up. */
  readonly deadAt: Scalars['DateTime']['output'];
  /** What staff did to it before, latest first, at most 20 entries. */
  readonly history: ReadonlyArray<AuditEntry>;
  /** Identifies it, for as long as it waits and after it is replayed. */
  readonly id: Scalars['ID']['output'];
  /** The kind of the event, for example `payments.payment.captured.v1`; null when the message says none. */
  readonly kind?: Maybe<Scalars['String']['output']>;
  /** When the event happened; null when the message is no event. */
  readonly occurredAt?: Maybe<Scalars['DateTime']['output']>;
  /** The whole event with its attributes, as JSON; of what is no event its headers and body. */
  readonly payload: Scalars['String']['output'];
  /** The consumer that could not handle it, for example `orders`. */
  readonly queue: Scalars['String']['output'];
  /** Why, as the last attempt reported it. */
  readonly reason: Scalars['String']['output'];
  /** Identifies what the event is about, for example an order; null when the message is no event. */
  readonly subject?: Maybe<Scalars['ID']['output']>;
};

export type DeadLetterConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<DeadLetterEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<DeadLetter>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many there are on all pages. Counted only when selected. */
  readonly totalCount: Scalars['Int']['output'];
};

/** Which message to delete. */
export type DeadLetterDiscardInput = {
  /** The message, from `deadLetters`. */
  readonly id: Scalars['ID']['input'];
};

/** What became of discarding. */
export type DeadLetterDiscardPayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<DeadLetterError>;
  /** The message that is gone; null when there are errors. */
  readonly id?: Maybe<Scalars['ID']['output']>;
};

/** An edge in a connection. */
export type DeadLetterEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: DeadLetter;
};

/** Why a message that was given up was not settled. */
export type DeadLetterError = {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Which messages to list. An absent field filters nothing. */
export type DeadLetterFilter = {
  /** The kind of the event, for example `payments.payment.captured.v1`. */
  readonly kind?: InputMaybe<Scalars['String']['input']>;
  /** The consumer that could not handle them, for example `orders`. */
  readonly queue?: InputMaybe<Scalars['String']['input']>;
};

/** Which message to give to its consumer again. */
export type DeadLetterReplayInput = {
  /** The message, from `deadLetters`. */
  readonly id: Scalars['ID']['input'];
};

/** What became of replaying. */
export type DeadLetterReplayPayload = {
  /** The message as it was before; null when there are errors. */
  readonly deadLetter?: Maybe<DeadLetter>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<DeadLetterError>;
};

/** A way of delivery. */
export type DeliveryOption = {
  /** Names it, for `cartDeliverySelect`. */
  readonly code: Scalars['String']['output'];
  /** Working days it takes at most. */
  readonly maxDays: Scalars['Int']['output'];
  /** Working days it takes at least. */
  readonly minDays: Scalars['Int']['output'];
  /** Display name. */
  readonly name: Scalars['String']['output'];
  /** What it costs. */
  readonly price: Money;
};

/** The delivery does not exist, or not to this country or in this currency. */
export type DeliveryUnavailable = OrderingError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** There is an account with this e-mail address. */
export type EmailTaken = AccountError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** The idempotency key was used before, for something else. */
export type IdempotencyConflict = CatalogueError & NotificationError & OrderingError & RefundError & StockError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Fewer units are left than asked for. */
export type InsufficientStock = OrderingError & {
  /** Units that are left. */
  readonly available: Scalars['Int']['output'];
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** The variant. */
  readonly variantId: Scalars['ID']['output'];
};

/** No account has this e-mail address and this password. Which of the two is wrong is not told. */
export type InvalidCredentials = AccountError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** A value of the input cannot be used; the message says how to fix it. */
export type InvalidInput = AccountError & CatalogueError & NotificationError & OrderingError & ProfileError & RefundError & StockError & {
  /** Path of the value in the input, for example `title`. */
  readonly field: Scalars['String']['output'];
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** The refresh token can no longer be used: it is unknown, was used before, or its session is over. */
export type InvalidRefreshToken = AccountError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Nobody would be left who can give roles. */
export type LastAdministrator = AccountError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** A message to a person or to the staff: an e-mail, or a notification in the shop. */
export type Message = {
  /** What it is about. */
  readonly category: NotificationCategory;
  /** How it reaches its reader. */
  readonly channel: NotificationChannel;
  /** When it was written. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** How the sending goes; null unless your token carries `notifications:read`. */
  readonly delivery?: Maybe<MessageDelivery>;
  /** When its content and address were erased because the account was deleted; null for all others. */
  readonly erasedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The HTML of an e-mail, a whole document: show it in a sandboxed frame. Null for notifications in the shop. */
  readonly html?: Maybe<Scalars['String']['output']>;
  /** Identifies the message for good. */
  readonly id: Scalars['ID']['output'];
  /** The language it is written in, as a tag in lower case. */
  readonly locale: Scalars['String']['output'];
  /** The occasion, for example to choose an icon. */
  readonly occasion: NotificationOccasion;
  /** The order it is about; null when it is about none. */
  readonly order?: Maybe<Order>;
  /** When its reader marked it as read; null before. */
  readonly readAt?: Maybe<Scalars['DateTime']['output']>;
  /** Address of an e-mail; null for notifications in the shop, and when it was erased. */
  readonly recipient?: Maybe<Scalars['String']['output']>;
  /** When the mail server took it, or when it was there to read; null before. */
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** What became of it. */
  readonly status: MessageStatus;
  /** The subject: one line. Empty when the content was erased. */
  readonly subject: Scalars['String']['output'];
  /** The plain text. Empty when the content was erased. */
  readonly text: Scalars['String']['output'];
  /** The account it is for; null for a guest and for the staff. */
  readonly user?: Maybe<User>;
  /** The variant it is about; null when it is about none. */
  readonly variant?: Maybe<ProductVariant>;
};

export type MessageConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<MessageEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<Message>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many messages there are on all pages. Counted only when selected. */
  readonly totalCount: Scalars['Int']['output'];
};

/** How the sending of a message goes. */
export type MessageDelivery = {
  /** Attempts so far. */
  readonly attempts: Scalars['Int']['output'];
  /** Why the last attempt failed, or why it was suppressed; null when there is nothing to say. */
  readonly lastError?: Maybe<Scalars['String']['output']>;
  /** When it is tried next; null when it is not. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the mail server said when it took the message. */
  readonly receipt?: Maybe<Scalars['String']['output']>;
  /** The message that this one repeats; null for an original. */
  readonly resendOf?: Maybe<Scalars['ID']['output']>;
  /** The version of the text it was made of. */
  readonly templateVersion: Scalars['Int']['output'];
};

/** An edge in a connection. */
export type MessageEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: Message;
};

/** Which messages to list. An absent field filters nothing. */
export type MessageFilter = {
  /** What they are about. */
  readonly category?: InputMaybe<NotificationCategory>;
  /** How the e-mail address begins, for example `ada@`. */
  readonly recipientPrefix?: InputMaybe<Scalars['String']['input']>;
  /** What became of them. */
  readonly status?: InputMaybe<MessageStatus>;
};

/** The message cannot be sent again: only an e-mail that was sent or has failed can, while its content is kept. */
export type MessageNotResendable = NotificationError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** What became of it. */
  readonly status: MessageStatus;
};

/** Which message to send again. */
export type MessageResendInput = {
  /** The message: an e-mail that was sent or has failed. */
  readonly id: Scalars['ID']['input'];
  /** Up to 128 bytes, new for each intent; the same again answers with the same message. */
  readonly idempotencyKey: Scalars['String']['input'];
};

/** What became of sending a message again. */
export type MessageResendPayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<NotificationError>;
  /** The new message; null when there are errors. */
  readonly message?: Maybe<Message>;
};

/** What became of a message. */
export type MessageStatus =
  /** It cannot be delivered. */
  | 'FAILED'
  /** Waits to be sent, for the first time or again. */
  | 'QUEUED'
  /** The mail server took it, or it is there to read. */
  | 'SENT'
  /** It was not to be sent: its reader does not want it, or has left. */
  | 'SUPPRESSED';

/** An exact amount of money. */
export type Money = {
  /** The amount in the currency's major unit with all its digits, as a string: `"12.50"`. */
  readonly amount: Scalars['Decimal']['output'];
  /** The currency. */
  readonly currencyCode: Scalars['CurrencyCode']['output'];
};

/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type Mutation = {
  /** Opens an account and signs its owner in. */
  readonly accountRegister: AccountRegisterPayload;
  /** Makes the roles of an account these and no others. Its access tokens follow at their next refresh, within minutes. */
  readonly accountRolesUpdate: AccountRolesUpdatePayload;
  /**
   * Adds an address to your address book, or to that of another person with `users:write`. The same address is not
   * added twice.
   */
  readonly addressCreate: AddressCreatePayload;
  /** Removes an address of yours, or of another person with `users:write`. */
  readonly addressDelete: AddressDeletePayload;
  /** Changes an address of yours, or of another person with `users:write`. */
  readonly addressUpdate: AddressUpdatePayload;
  /** Says who buys and where the goods go. */
  readonly cartBuyerUpdate: CartPayload;
  /** Opens a cart, for the signed-in account or for a guest. */
  readonly cartCreate: CartPayload;
  /** Chooses how a cart is delivered. */
  readonly cartDeliverySelect: CartPayload;
  /** Puts units into a cart, on top of those that are in it: all lines or none. */
  readonly cartLinesAdd: CartPayload;
  /** Takes variants out of a cart. */
  readonly cartLinesRemove: CartPayload;
  /** Sets how many units are in a cart, and accepts the price of now. All lines or none. */
  readonly cartLinesUpdate: CartPayload;
  /**
   * Buys what is in the cart. It answers at once with the order, which is PENDING; follow it with `orderStatusChanged`.
   * Nothing is charged before all goods are set aside.
   */
  readonly checkoutComplete: OrderPayload;
  /** Creates a collection without products; `collectionProductsSet` fills it. */
  readonly collectionCreate: CollectionCreatePayload;
  /** Makes these the products of a collection, in this order. */
  readonly collectionProductsSet: CollectionProductsSetPayload;
  /** Changes a collection's texts and address. */
  readonly collectionUpdate: CollectionUpdatePayload;
  /** Deletes a message for good: what it should have brought about never happens by itself. Doing it twice is doing it once. */
  readonly deadLetterDiscard: DeadLetterDiscardPayload;
  /**
   * Gives a message to its consumer again, with all its attempts. Once: a second time says that it was replayed. The effect
   * comes after everything that happened to the same thing since.
   */
  readonly deadLetterReplay: DeadLetterReplayPayload;
  /** Sends an e-mail once more, as it was and to the same address. For support. */
  readonly messageResend: MessageResendPayload;
  /** Marks notifications as read. Doing it twice is doing it once. */
  readonly notificationMarkRead: NotificationMarkReadPayload;
  /** Chooses what your account is told, and how. */
  readonly notificationPreferencesUpdate: NotificationPreferencesUpdatePayload;
  /**
   * Puts a new version of a text into use, after it was tried with examples. For administrators: what it says reaches
   * every customer.
   */
  readonly notificationTemplateUpdate: NotificationTemplateUpdatePayload;
  /**
   * Cancels an order: its goods are given free, its money is given back. Your own, a guest's by its id, or any with
   * `orders:write`. Doing it twice is doing it once.
   */
  readonly orderCancel: OrderPayload;
  /** Changes your password and ends your other sessions. */
  readonly passwordChange: PasswordChangePayload;
  /**
   * Goes on with a payment in the status ACTION_REQUIRED after the shopper came back from `actionUrl`. Any other payment is answered
   * as it stands, so that calling this twice does no harm.
   */
  readonly paymentActionComplete: PaymentActionCompletePayload;
  /** Takes a product out of sale for good. Doing it twice is doing it once. */
  readonly productArchive: ProductArchivePayload;
  /** Creates a product, as a draft or for sale at once. */
  readonly productCreate: ProductCreatePayload;
  /** Puts a draft up for sale. Doing it twice is doing it once. */
  readonly productPublish: ProductPublishPayload;
  /** Changes a product. To put it up for sale or out of it, see `productPublish` and `productArchive`. */
  readonly productUpdate: ProductUpdatePayload;
  /** Gives back all or some of what was charged for an order. */
  readonly refundCreate: RefundCreatePayload;
  /** Signs in with e-mail address and password. */
  readonly sessionCreate: SessionCreatePayload;
  /**
   * Changes a refresh token into a new access token and a new refresh token, with the rights that the account has now. Each
   * refresh token works once; one that is used again ends its session, because it may have been stolen. Send it without an
   * access token: that may be over.
   */
  readonly sessionRefresh: SessionRefreshPayload;
  /**
   * Ends a session: its refresh token no longer works, and its last access token is over after a few minutes. Doing it twice
   * is doing it once.
   */
  readonly sessionRevoke: SessionRevokePayload;
  /** Corrects what a warehouse holds of a variant, for example after counting. */
  readonly stockAdjust: StockAdjustPayload;
  /**
   * Deletes your account, or that of another person with `accounts:write`: everything personal is erased here and by the
   * other services. There is no way back. Doing it twice is doing it once.
   */
  readonly userDelete: UserDeletePayload;
  /** Changes your profile, or that of another person with `accounts:write`. */
  readonly userUpdate: UserUpdatePayload;
  /** Adds a warehouse, empty and active. */
  readonly warehouseCreate: WarehouseCreatePayload;
  /** Changes a warehouse. What it holds can be sold only while it is active. */
  readonly warehouseUpdate: WarehouseUpdatePayload;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationAccountRegisterArgs = {
  input: AccountRegisterInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationAccountRolesUpdateArgs = {
  input: AccountRolesUpdateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationAddressCreateArgs = {
  input: AddressCreateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationAddressDeleteArgs = {
  input: AddressDeleteInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationAddressUpdateArgs = {
  input: AddressUpdateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationCartBuyerUpdateArgs = {
  input: CartBuyerUpdateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationCartCreateArgs = {
  input: CartCreateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationCartDeliverySelectArgs = {
  input: CartDeliverySelectInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationCartLinesAddArgs = {
  input: CartLinesInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationCartLinesRemoveArgs = {
  input: CartLinesRemoveInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationCartLinesUpdateArgs = {
  input: CartLinesInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationCheckoutCompleteArgs = {
  input: CheckoutCompleteInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationCollectionCreateArgs = {
  input: CollectionCreateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationCollectionProductsSetArgs = {
  input: CollectionProductsSetInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationCollectionUpdateArgs = {
  input: CollectionUpdateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationDeadLetterDiscardArgs = {
  input: DeadLetterDiscardInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationDeadLetterReplayArgs = {
  input: DeadLetterReplayInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationMessageResendArgs = {
  input: MessageResendInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationNotificationMarkReadArgs = {
  input: NotificationMarkReadInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationNotificationPreferencesUpdateArgs = {
  input: NotificationPreferencesUpdateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationNotificationTemplateUpdateArgs = {
  input: NotificationTemplateUpdateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationOrderCancelArgs = {
  input: OrderCancelInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationPasswordChangeArgs = {
  input: PasswordChangeInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationPaymentActionCompleteArgs = {
  input: PaymentActionCompleteInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationProductArchiveArgs = {
  input: ProductArchiveInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationProductCreateArgs = {
  input: ProductCreateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationProductPublishArgs = {
  input: ProductPublishInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationProductUpdateArgs = {
  input: ProductUpdateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationRefundCreateArgs = {
  input: RefundCreateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationSessionCreateArgs = {
  input: SessionCreateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationSessionRefreshArgs = {
  input: SessionRefreshInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationSessionRevokeArgs = {
  input: SessionRevokeInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationStockAdjustArgs = {
  input: StockAdjustInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationUserDeleteArgs = {
  input: UserDeleteInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationUserUpdateArgs = {
  input: UserUpdateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationWarehouseCreateArgs = {
  input: WarehouseCreateInput;
};


/** Entry points for changing accounts and sessions, and for settling messages that were given up. */
export type MutationWarehouseUpdateArgs = {
  input: WarehouseUpdateInput;
};

/** The variant is not for sale, or has no price in the cart's currency. */
export type NotForSale = OrderingError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** The variant. */
  readonly variantId: Scalars['ID']['output'];
};

/** There is no such object, or it is not yours to see. */
export type NotFound = AccountError & CatalogueError & DeadLetterError & NotificationError & OrderingError & PaymentActionError & ProfileError & RefundError & StockError & {
  /** The id that was asked for. */
  readonly id: Scalars['ID']['output'];
  /** What was not found, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** What a message is about. */
export type NotificationCategory =
  /** The account and its safety. */
  | 'ACCOUNT'
  /** Offers. */
  | 'MARKETING'
  /** An order. */
  | 'ORDER'
  /** Stock; for the staff alone. */
  | 'STOCK';

/** How a message reaches its reader. */
export type NotificationChannel =
  /** By e-mail. */
  | 'EMAIL'
  /** In the shop: show it in the account's notifications. */
  | 'IN_APP';

export type NotificationConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<NotificationEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<Message>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many notifications there are on all pages. Counted only when selected. */
  readonly totalCount: Scalars['Int']['output'];
  /** How many notifications are not read, on all pages. Counted only when selected. */
  readonly unreadCount: Scalars['Int']['output'];
};

/** An edge in a connection. */
export type NotificationEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: Message;
};

/** Why a change to messages, choices or texts did not happen. */
export type NotificationError = {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** These messages cannot be switched off: they protect the account. */
export type NotificationMandatory = NotificationError & {
  /** What the messages are about. */
  readonly category: NotificationCategory;
  /** How they come. */
  readonly channel: NotificationChannel;
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Which notifications are read. Give one of the two. */
export type NotificationMarkReadInput = {
  /** Everything in your account's inbox so far. */
  readonly all?: Scalars['Boolean']['input'];
  /** These, 1 to 100; all or none. With `stock:read` also those of the staff's inbox. */
  readonly ids?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** What became of marking notifications as read. */
export type NotificationMarkReadPayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<NotificationError>;
  /** How many of them were not read before; null when there are errors. */
  readonly markedCount?: Maybe<Scalars['Int']['output']>;
};

/** The occasion of a message. */
export type NotificationOccasion =
  /** An account was opened. */
  | 'ACCOUNT_WELCOME'
  /** An order will not be delivered. */
  | 'ORDER_CANCELLED'
  /** An order will be delivered. */
  | 'ORDER_CONFIRMED'
  /** An order has arrived. */
  | 'ORDER_DELIVERED'
  /** An order could not be taken. */
  | 'ORDER_REJECTED'
  /** An order is on its way. */
  | 'ORDER_SHIPPED'
  /** The password of an account changed. */
  | 'PASSWORD_CHANGED'
  /** A variant fell to its threshold; for the staff. */
  | 'STOCK_LOW';

/** Whether an account wants messages of a category on a channel. */
export type NotificationPreference = {
  /** What the messages are about. */
  readonly category: NotificationCategory;
  /** How they come. */
  readonly channel: NotificationChannel;
  /** Whether they are wanted. */
  readonly enabled: Scalars['Boolean']['output'];
  /** Whether they cannot be switched off: show the switch, but fixed. */
  readonly mandatory: Scalars['Boolean']['output'];
};

/** A choice. */
export type NotificationPreferenceInput = {
  /** What the messages are about; `STOCK` cannot be chosen. */
  readonly category: NotificationCategory;
  /** How they come. */
  readonly channel: NotificationChannel;
  /** Whether they are wanted. */
  readonly enabled: Scalars['Boolean']['input'];
};

/** What your account wants to be told. */
export type NotificationPreferencesUpdateInput = {
  /** The choices to change; all others stay as they are. */
  readonly preferences: ReadonlyArray<NotificationPreferenceInput>;
};

/** What became of the choices. */
export type NotificationPreferencesUpdatePayload = {
  /** Why it did not happen; empty when it did. With an error nothing is changed. */
  readonly errors: ReadonlyArray<NotificationError>;
  /** Everything that holds now; null when there are errors. */
  readonly preferences?: Maybe<ReadonlyArray<NotificationPreference>>;
};

/** A text that messages are made of. Names in double braces, as in Jinja, are filled in. */
export type NotificationTemplate = {
  /** How the messages come. */
  readonly channel: NotificationChannel;
  /** The HTML inside the layout that all e-mails share; null for what is read in the shop. */
  readonly html?: Maybe<Scalars['String']['output']>;
  /** The language, as a tag in lower case, for example `de` or `pt-br`. */
  readonly locale: Scalars['String']['output'];
  /** The occasion. */
  readonly occasion: NotificationOccasion;
  /** The subject: one line. */
  readonly subject: Scalars['String']['output'];
  /** The plain text. */
  readonly text: Scalars['String']['output'];
  /** When this version was written. */
  readonly updatedAt: Scalars['DateTime']['output'];
  /** Grows by one with every change. */
  readonly version: Scalars['Int']['output'];
};

/** A new version of a text, or a text in a further language. */
export type NotificationTemplateUpdateInput = {
  /** How the messages come. */
  readonly channel: NotificationChannel;
  /** The HTML inside the layout that all e-mails share; only for e-mail. */
  readonly html?: InputMaybe<Scalars['String']['input']>;
  /** The language, for example `de` or `pt-br`. */
  readonly locale: Scalars['String']['input'];
  /** The occasion. */
  readonly occasion: NotificationOccasion;
  /** The subject: one line. */
  readonly subject: Scalars['String']['input'];
  /** The plain text. */
  readonly text: Scalars['String']['input'];
};

/** What became of changing a text. */
export type NotificationTemplateUpdatePayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<NotificationError>;
  /** The text, in use from now on; null when there are errors. */
  readonly template?: Maybe<NotificationTemplate>;
};

/** What a shopper ordered. */
export type Order = {
  /** What a person can make of the order now. */
  readonly availableTransitions: ReadonlyArray<OrderStatus>;
  /** What it is paid in. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Code of the delivery. */
  readonly delivery: Scalars['String']['output'];
  /** Where to reach the shopper. */
  readonly email: Scalars['String']['output'];
  /** Identifies the order for good. */
  readonly id: Scalars['ID']['output'];
  /** What was ordered. */
  readonly lines: ReadonlyArray<OrderLine>;
  /** What was written to the shopper about it, oldest first. Of an account's order only its owner sees it, and support. */
  readonly messages: ReadonlyArray<Message>;
  /** What people call it, for example `TC-100042`. */
  readonly number: Scalars['String']['output'];
  /** Where the shopper confirms the payment, while that is waited for. */
  readonly paymentActionUrl?: Maybe<Scalars['String']['output']>;
  /** How far its payment has come. */
  readonly paymentStatus: OrderPaymentStatus;
  /**
   * How the order is paid, latest first. Empty for who may not see it: a guest's payments are for whoever knows the order's id, an
   * account's for its owner, all with the scope `payments:read`.
   */
  readonly payments: ReadonlyArray<Payment>;
  /** When it was placed. */
  readonly placedAt: Scalars['DateTime']['output'];
  /** Why it was rejected or cancelled; null otherwise. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Price of the delivery. */
  readonly shipping: Money;
  /** Where the goods go. */
  readonly shippingAddress: PostalAddress;
  /** How far it has come. */
  readonly status: OrderStatus;
  /** What has become of its stock. */
  readonly stockStatus: OrderStockStatus;
  /** Sum of the lines. */
  readonly subtotal: Money;
  /** The tax. */
  readonly tax: Money;
  /** Whether the tax is in the prices (true) or came on top (false). */
  readonly taxIncluded: Scalars['Boolean']['output'];
  /** Every step it took, oldest first. */
  readonly timeline: ReadonlyArray<TimelineEntry>;
  /** What is charged. */
  readonly total: Money;
  /** Grows with every change. */
  readonly version: Scalars['Int']['output'];
};

/** Which order to cancel. */
export type OrderCancelInput = {
  /** The order. */
  readonly orderId: Scalars['ID']['input'];
  /** Why, for the order's timeline. */
  readonly reason?: InputMaybe<Scalars['String']['input']>;
};

export type OrderConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<OrderEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<Order>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many orders there are on all pages. Counted only when selected. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An edge in a connection. */
export type OrderEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: Order;
};

/** A line of an order, as it was when the order was placed. */
export type OrderLine = {
  /** Address of a picture. */
  readonly imageUrl?: Maybe<Scalars['String']['output']>;
  /** Units. */
  readonly quantity: Scalars['Int']['output'];
  /** Stock keeping unit, where the merchant uses one. */
  readonly sku?: Maybe<Scalars['String']['output']>;
  /** The product's title. */
  readonly title: Scalars['String']['output'];
  /** Price of all units. */
  readonly total: Money;
  /** Price of one unit. */
  readonly unitPrice: Money;
  /** What; its product may have changed since. */
  readonly variant: ProductVariant;
  /** The chosen options; may be empty. */
  readonly variantTitle: Scalars['String']['output'];
};

/** What became of placing or cancelling an order. */
export type OrderPayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<OrderingError>;
  /** The order; null when there are errors. */
  readonly order?: Maybe<Order>;
};

/** How far the payment of an order has come. */
export type OrderPaymentStatus =
  /** The shopper must confirm it, see `paymentActionUrl`. */
  | 'ACTION_REQUIRED'
  /** The money is set aside. */
  | 'AUTHORISED'
  /** Refused; nothing was charged. */
  | 'FAILED'
  /** Not asked for yet. */
  | 'NONE'
  /** Paid. */
  | 'PAID'
  /** Given back. */
  | 'REFUNDED'
  /** Asked for. */
  | 'REQUESTED'
  /** Being undone. */
  | 'UNDOING'
  /** Undone before anything was charged. */
  | 'VOIDED';

export type OrderSearchConnection = {
  /** True while the search server is away. The database then answers by the same rules: nothing is missing, it may only take longer. */
  readonly degraded: Scalars['Boolean']['output'];
  /** A list of edges. */
  readonly edges: ReadonlyArray<OrderSearchEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<Order>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many orders there are on all pages. Counted only when selected. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An edge in a connection. */
export type OrderSearchEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: Order;
};

/** Which orders to find. An absent field filters nothing. */
export type OrderSearchFilter = {
  /** Placed before this time. */
  readonly placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Placed at this time or later. */
  readonly placedFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** How far the order has come. */
  readonly status?: InputMaybe<OrderSearchStatus>;
};

/** How far an order has come. */
export type OrderSearchStatus =
  /** It will not be delivered; what was charged is given back. */
  | 'CANCELLED'
  /** Paid: it will be delivered. */
  | 'CONFIRMED'
  /** Placed; its goods are being set aside. */
  | 'PENDING'
  /** Goods were lacking; nothing was charged. */
  | 'REJECTED'
  /** Its goods are set aside; the payment is under way. */
  | 'RESERVED';

/** How far an order has come. */
export type OrderStatus =
  /** It will not be delivered; what was charged is given back. */
  | 'CANCELLED'
  /** Paid: it will be delivered. */
  | 'CONFIRMED'
  /** Placed; its goods are being set aside. */
  | 'PENDING'
  /** Goods were lacking; nothing was charged. */
  | 'REJECTED'
  /** Its goods are set aside; the payment is under way. */
  | 'RESERVED';

/** The order's status does not allow the step. */
export type OrderStatusConflict = OrderingError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** What has become of the stock of an order. */
export type OrderStockStatus =
  /** Taken out of the stock. */
  | 'COMMITTED'
  /** Paid, being taken out of the stock. */
  | 'COMMITTING'
  /** Lacking. */
  | 'REFUSED'
  /** Available again. */
  | 'RELEASED'
  /** Being made available again. */
  | 'RELEASING'
  /** Asked for. */
  | 'REQUESTED'
  /** Set aside. */
  | 'RESERVED'
  /** Being put back. */
  | 'RETURNING';

/** Why a change to a cart or an order did not happen. */
export type OrderingError = {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Information about pagination in a connection */
export type PageInfo = {
  /** When paginating forwards, the cursor to continue. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** When paginating forwards, are there more items? */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** When paginating backwards, are there more items? */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** When paginating backwards, the cursor to continue. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** The old password and the new one. */
export type PasswordChangeInput = {
  /** The password that you sign in with now. */
  readonly currentPassword: Scalars['String']['input'];
  /** 8 to 128 characters; neither the e-mail address nor one that everybody tries first. */
  readonly newPassword: Scalars['String']['input'];
  /**
   * The session that you are in, as you got it when you signed in: it goes on, every other ends. Without it all end, and you
   * sign in again.
   */
  readonly sessionId?: InputMaybe<Scalars['ID']['input']>;
};

/** What became of changing the password. */
export type PasswordChangePayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<AccountError>;
  /** Whose password was changed; null when there are errors. */
  readonly user?: Maybe<User>;
};

/** The payment of an order. */
export type Payment = {
  /** While the status is ACTION_REQUIRED: where the shopper confirms, absolute or relative to the address of the shop. Else null. */
  readonly actionUrl?: Maybe<Scalars['String']['output']>;
  /** What is to be paid. */
  readonly amount: Money;
  /** What was charged so far; nothing until it is captured. */
  readonly capturedAmount: Money;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Why it failed, for programs, for example `card_declined`, `insufficient_funds`, `expired`; null unless it failed. */
  readonly failureCode?: Maybe<Scalars['String']['output']>;
  /** Why it failed, for the shopper to read; null unless it failed. */
  readonly failureReason?: Maybe<Scalars['String']['output']>;
  /** Identifies the payment for good. */
  readonly id: Scalars['ID']['output'];
  /** The order that it pays. */
  readonly order: Order;
  /** Later than this nothing is charged any more. */
  readonly payBy: Scalars['DateTime']['output'];
  /** Name of the payment provider, for example `sandbox` or `stripe`. */
  readonly provider: Scalars['String']['output'];
  /** What can still be given back. */
  readonly refundableAmount: Money;
  /** What was given back so far. */
  readonly refundedAmount: Money;
  /** What was given back, or shall be, oldest first. */
  readonly refunds: ReadonlyArray<Refund>;
  /** Where the payment is in its life. */
  readonly status: PaymentStatus;
  /** When it last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
};

/** Whose payment goes on. */
export type PaymentActionCompleteInput = {
  /** At the sandbox: whether the shopper confirms or refuses. A real provider knows, and is only asked. */
  readonly approve?: Scalars['Boolean']['input'];
  /** The order that is paid. */
  readonly orderId: Scalars['ID']['input'];
};

/** What became of the payment. */
export type PaymentActionCompletePayload = {
  /** Why it did not go on; empty when it did. */
  readonly errors: ReadonlyArray<PaymentActionError>;
  /** The payment as it stands now; null when there are errors. */
  readonly payment?: Maybe<Payment>;
};

/** Why a payment did not go on. */
export type PaymentActionError = {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

export type PaymentConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<PaymentEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<Payment>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many payments there are on all pages. Counted only when selected. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An edge in a connection. */
export type PaymentEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: Payment;
};

/** Which payments to list. An absent field filters nothing. */
export type PaymentFilter = {
  /** Only payments in this status. */
  readonly status?: InputMaybe<PaymentStatus>;
};

/** How the shopper pays. Card data never come here: the provider's own form makes a token of them. */
export type PaymentInput = {
  /** Name of the provider, one of `paymentProviders`. */
  readonly provider: Scalars['String']['input'];
  /** The provider's token for the card. */
  readonly token: Scalars['String']['input'];
};

/** Nothing was charged that could be given back. */
export type PaymentNotCaptured = RefundError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** Where the payment is in its life. */
  readonly status: PaymentStatus;
};

/** A company that takes payments. */
export type PaymentProvider = {
  /** Whether it has answered lately. One that is down is likely to keep a payment waiting. */
  readonly isUp: Scalars['Boolean']['output'];
  /** The name to give at checkout, for example `sandbox` or `stripe`. */
  readonly name: Scalars['String']['output'];
  /** Tokens that stand for cards in tests; empty at a provider that takes real money. */
  readonly testTokens: ReadonlyArray<PaymentTestToken>;
};

/** The payment provider does not answer at the moment. */
export type PaymentProviderUnavailable = PaymentActionError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Where a payment is in its life. */
export type PaymentStatus =
  /** The shopper must do something first, for example confirm at their bank: see `actionUrl`. */
  | 'ACTION_REQUIRED'
  /** The provider has set the money aside; it is charged in a moment. */
  | 'AUTHORISED'
  /** Charged. */
  | 'CAPTURED'
  /** Refused, or the time to pay was over. Nothing was charged. */
  | 'FAILED'
  /** Charged, and some of it was given back. */
  | 'PARTIALLY_REFUNDED'
  /** The provider does not know yet. */
  | 'PENDING'
  /** Charged, and all of it was given back. */
  | 'REFUNDED'
  /** Asked for; the provider has not answered yet. */
  | 'REQUESTED'
  /** Undone before anything was charged. */
  | 'VOIDED';

/** A token that stands for a card in tests. */
export type PaymentTestToken = {
  /** What a payment with it does. */
  readonly effect: Scalars['String']['output'];
  /** The token to give at checkout, for example `tok_success`. */
  readonly token: Scalars['String']['output'];
};

/** Where goods and letters go. */
export type PostalAddress = {
  /** Town. */
  readonly city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2 code, for example `DE`. */
  readonly country: Scalars['String']['output'];
  /** Street and number. */
  readonly line1: Scalars['String']['output'];
  /** Floor, flat, company; may be empty. */
  readonly line2: Scalars['String']['output'];
  /** Who receives it. */
  readonly name: Scalars['String']['output'];
  /** Postal code; may be empty where the country has none. */
  readonly postalCode: Scalars['String']['output'];
  /** State, province or county where the country uses one; may be empty. */
  readonly region: Scalars['String']['output'];
};

/** Where goods and letters shall go. */
export type PostalAddressInput = {
  /** Town. */
  readonly city: Scalars['String']['input'];
  /** ISO 3166-1 alpha-2 code, for example `DE`. */
  readonly country: Scalars['String']['input'];
  /** Street and number. */
  readonly line1: Scalars['String']['input'];
  /** Floor, flat, company. */
  readonly line2?: Scalars['String']['input'];
  /** Who receives it. */
  readonly name: Scalars['String']['input'];
  /** Postal code, where the country has them. */
  readonly postalCode?: Scalars['String']['input'];
  /** State, province or county where the country uses one. */
  readonly region?: Scalars['String']['input'];
};

/** The price is another than the one that the shopper has seen. `cartLinesUpdate` takes note of the price of now. */
export type PriceChanged = OrderingError & {
  /** The price of one unit that was seen. */
  readonly before: Money;
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** The price of one unit now. */
  readonly now: Money;
  /** The variant. */
  readonly variantId: Scalars['ID']['output'];
};

/** From the cheapest variant to the dearest. */
export type PriceRange = {
  /** Price of the dearest variant. */
  readonly highest: Money;
  /** Price of the cheapest variant. */
  readonly lowest: Money;
};

/** Something the shop sells, in one or more variants. */
export type Product = {
  /** Where the product stands in the tree of categories. */
  readonly category?: Maybe<Category>;
  /** The collections that the product is in, by title. */
  readonly collections: ReadonlyArray<Collection>;
  /** Description as HTML that is safe to show. */
  readonly descriptionHtml: Scalars['String']['output'];
  /** Identifies the product for good. */
  readonly id: Scalars['ID']['output'];
  /** Pictures in display order. */
  readonly media: ReadonlyArray<ProductMedia>;
  /** What a shopper chooses; empty when there is only one variant. */
  readonly options: ReadonlyArray<ProductOption>;
  /** From the cheapest variant to the dearest; null when nothing has a price in the currency. */
  readonly priceRange?: Maybe<PriceRange>;
  /** When shoppers could first see it; null for a product that was never published. */
  readonly publishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Part of the product's address in the shop, for example `oak-desk-lamp`. Unique. */
  readonly slug: Scalars['String']['output'];
  /** Where the product is in its life. Shoppers see active products only. */
  readonly status: ProductStatus;
  /** Free labels. */
  readonly tags: ReadonlyArray<Scalars['String']['output']>;
  /** Display name. */
  readonly title: Scalars['String']['output'];
  /** Everything that can be bought, in display order. */
  readonly variants: ReadonlyArray<ProductVariant>;
  /** Brand or maker. */
  readonly vendor: Scalars['String']['output'];
  /** Grows by one with every change of the product; a change has to name the version that it was made from. */
  readonly version: Scalars['Int']['output'];
};


/** Something the shop sells, in one or more variants. */
export type ProductPriceRangeArgs = {
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
};

/** Which product to take out of sale. */
export type ProductArchiveInput = {
  /** The product. */
  readonly id: Scalars['ID']['input'];
};

/** What became of archiving a product. */
export type ProductArchivePayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<CatalogueError>;
  /** The product, out of sale; null when there are errors. */
  readonly product?: Maybe<Product>;
};

export type ProductConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<ProductEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<Product>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many products there are on all pages. Counted only when selected. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A product to create. */
export type ProductCreateInput = {
  /** Names of the categories from the root to the product's own; those that are new are created. Empty for none. */
  readonly categoryPath?: ReadonlyArray<Scalars['String']['input']>;
  /** Description as HTML; scripts and the like are removed. */
  readonly descriptionHtml?: Scalars['String']['input'];
  /** Any text of your choice, new for each product. Repeating a request under its key creates nothing again. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Pictures in display order. */
  readonly media?: ReadonlyArray<ProductMediaInput>;
  /** What a shopper shall choose, at most three; empty when there is only one variant. */
  readonly options?: ReadonlyArray<ProductOptionInput>;
  /** Part of the product's address in the shop, for example `oak-desk-lamp`; made from the title when absent. */
  readonly slug?: InputMaybe<Scalars['String']['input']>;
  /** DRAFT, or ACTIVE to put it up for sale at once. */
  readonly status?: ProductStatus;
  /** Free labels. */
  readonly tags?: ReadonlyArray<Scalars['String']['input']>;
  /** Display name. */
  readonly title: Scalars['String']['input'];
  /** What can be bought, in display order; at least one. */
  readonly variants: ReadonlyArray<ProductVariantInput>;
  /** Brand or maker. */
  readonly vendor?: Scalars['String']['input'];
};

/** What became of creating a product. */
export type ProductCreatePayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<CatalogueError>;
  /** The product; null when there are errors. */
  readonly product?: Maybe<Product>;
};

/** An edge in a connection. */
export type ProductEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: Product;
};

/** Which products to list. An absent field filters nothing. */
export type ProductFilter = {
  /** Slug of a category; the products of the categories below it count as well. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** The currency that prices are compared and sorted in; the euro when absent. */
  readonly currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** Greatest price of the cheapest variant, in the currency's major unit. */
  readonly priceMax?: InputMaybe<Scalars['Decimal']['input']>;
  /** Least price of the cheapest variant, in the currency's major unit. */
  readonly priceMin?: InputMaybe<Scalars['Decimal']['input']>;
  /** A label, exactly as written. */
  readonly tag?: InputMaybe<Scalars['String']['input']>;
  /** Brand or maker, exactly as written. */
  readonly vendor?: InputMaybe<Scalars['String']['input']>;
};

/** A picture of a product. */
export type ProductMedia = {
  /** Describes the picture to who does not see it; may be empty. */
  readonly alt: Scalars['String']['output'];
  /** Identifies the picture. */
  readonly id: Scalars['ID']['output'];
  /** Address of the picture: absolute, or relative to the address of the shop. */
  readonly url: Scalars['String']['output'];
};

/** A picture as it shall be. */
export type ProductMediaInput = {
  /** Describes the picture to who does not see it. */
  readonly alt?: Scalars['String']['input'];
  /** Address of the picture: absolute with https://, or beginning with / for one of the shop. */
  readonly url: Scalars['String']['input'];
};

/** What a shopper chooses, with the values there are. */
export type ProductOption = {
  /** Name of the choice, for example `Size`. */
  readonly name: Scalars['String']['output'];
  /** The values in display order, for example `Small`, `Large`. */
  readonly values: ReadonlyArray<Scalars['String']['output']>;
};

/** Something that a shopper shall choose. */
export type ProductOptionInput = {
  /** Name of the choice, for example `Size`. */
  readonly name: Scalars['String']['input'];
};

/** A price as it shall be. */
export type ProductPriceInput = {
  /** The amount in the currency's major unit, for example `"12.50"`. */
  readonly amount: Scalars['Decimal']['input'];
  /** The currency. */
  readonly currencyCode: Scalars['CurrencyCode']['input'];
};

/** Which product to put up for sale. */
export type ProductPublishInput = {
  /** The product. */
  readonly id: Scalars['ID']['input'];
};

/** What became of publishing a product. */
export type ProductPublishPayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<CatalogueError>;
  /** The product, for sale; null when there are errors. */
  readonly product?: Maybe<Product>;
};

export type ProductSearchConnection = {
  /** Whether the page was made for this request. */
  readonly cacheStatus: CacheStatus;
  /**
   * True while the search server is away. The page is then an earlier answer to the same search, or a simpler one: without
   * typos, unfinished words, highlights and proposals, of at most 1000 products, with facets of what the filter leaves.
   * Show it as usual; tell the shopper at most that results may be incomplete.
   */
  readonly degraded: Scalars['Boolean']['output'];
  /** A text that finds as much or more, to propose to the shopper where little was found; none when nothing better is known. */
  readonly didYouMean?: Maybe<Scalars['String']['output']>;
  /** A list of edges. */
  readonly edges: ReadonlyArray<ProductSearchEdge>;
  /** Values to narrow the search with. */
  readonly facets: ReadonlyArray<SearchFacet>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<Product>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many products there are on all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An edge in a connection. */
export type ProductSearchEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** Where in the product the searched words are; empty when nothing was searched for. */
  readonly highlights: ReadonlyArray<SearchHighlight>;
  /** The item at the end of the edge */
  readonly node: Product;
  /** Higher is better; comparable within one search only. */
  readonly score: Scalars['Float']['output'];
};

/** Which products to find. An absent field filters nothing. */
export type ProductSearchFilter = {
  /** Name of a category, exactly as a facet has it; the products of the categories below it count as well. */
  readonly category?: InputMaybe<Scalars['String']['input']>;
  /** The currency that prices are compared and sorted in; the euro when absent. */
  readonly currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** Only products of which a variant is (true) or none is (false) in stock. */
  readonly inStock?: InputMaybe<Scalars['Boolean']['input']>;
  /** Greatest price of the cheapest variant, in the currency's major unit. */
  readonly priceMax?: InputMaybe<Scalars['Decimal']['input']>;
  /** Least price of the cheapest variant, in the currency's major unit. */
  readonly priceMin?: InputMaybe<Scalars['Decimal']['input']>;
  /** A label, exactly as a facet has it. */
  readonly tag?: InputMaybe<Scalars['String']['input']>;
  /** Brand or maker, exactly as a facet has it. */
  readonly vendor?: InputMaybe<Scalars['String']['input']>;
};

/** The order of found products. */
export type ProductSearchSort =
  /** Latest in the shop first. */
  | 'NEWEST'
  /** Dearest first; leaves out what has no price in the currency. */
  | 'PRICE_HIGH'
  /** Cheapest first; leaves out what has no price in the currency. */
  | 'PRICE_LOW'
  /** Best match first. */
  | 'RELEVANCE'
  /** By title, A to Z. */
  | 'TITLE';

/** The order of a list of products. */
export type ProductSort =
  /** Latest first. */
  | 'NEWEST'
  /** Dearest first; leaves out what has no price in the currency. */
  | 'PRICE_HIGH'
  /** Cheapest first; leaves out what has no price in the currency. */
  | 'PRICE_LOW'
  /** By title, A to Z. */
  | 'TITLE';

/** Where a product is in its life. */
export type ProductStatus =
  /** For sale. */
  | 'ACTIVE'
  /** No longer for sale; kept for the orders that name it. */
  | 'ARCHIVED'
  /** Being prepared; shoppers do not see it. */
  | 'DRAFT';

/** The product's status does not allow the step. */
export type ProductStatusConflict = CatalogueError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** What shall be different about a product. An absent field stays as it is. */
export type ProductUpdateInput = {
  /** Names of the categories from the root to the product's own; empty for none. */
  readonly categoryPath?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Description as HTML; scripts and the like are removed. */
  readonly descriptionHtml?: InputMaybe<Scalars['String']['input']>;
  /** The product's `version` that the change was made from. If it is another one by now, nothing is changed. */
  readonly expectedVersion: Scalars['Int']['input'];
  /** The product. */
  readonly id: Scalars['ID']['input'];
  /** Pictures, all of them in display order. */
  readonly media?: InputMaybe<ReadonlyArray<ProductMediaInput>>;
  /** What a shopper shall choose, all of it. */
  readonly options?: InputMaybe<ReadonlyArray<ProductOptionInput>>;
  /** Part of the product's address in the shop. The old address no longer leads to it. */
  readonly slug?: InputMaybe<Scalars['String']['input']>;
  /** Free labels, all of them. */
  readonly tags?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Display name. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /**
   * What can be bought, all of it in display order. A variant that keeps its SKU, or else its option values, keeps its id;
   * one that is not named is gone.
   */
  readonly variants?: InputMaybe<ReadonlyArray<ProductVariantInput>>;
  /** Brand or maker. */
  readonly vendor?: InputMaybe<Scalars['String']['input']>;
};

/** What became of changing a product. */
export type ProductUpdatePayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<CatalogueError>;
  /** The product, changed; null when there are errors. */
  readonly product?: Maybe<Product>;
};

/** Something that can be bought: a product with every option chosen. */
export type ProductVariant = {
  /** Whether and how much of it can be bought, as last heard: at most 30 seconds ago. */
  readonly availability: Availability;
  /** Identifies the variant for good. */
  readonly id: Scalars['ID']['output'];
  /** The chosen option values, in the order of the product's options. */
  readonly optionValues: ReadonlyArray<Scalars['String']['output']>;
  /** The price; null when it has none in the currency. */
  readonly price?: Maybe<Money>;
  /** The prices in all its currencies. */
  readonly prices: ReadonlyArray<Money>;
  /** The product that it is a variant of. */
  readonly product?: Maybe<Product>;
  /** Stock keeping unit, where the merchant uses one. Unique. */
  readonly sku?: Maybe<Scalars['String']['output']>;
  /** The chosen option values joined, for example `Red / Large`; empty when there is nothing to choose. */
  readonly title: Scalars['String']['output'];
  /** Weight in grams. */
  readonly weightGrams: Scalars['Int']['output'];
};


/** Something that can be bought: a product with every option chosen. */
export type ProductVariantPriceArgs = {
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
};

/** A variant as it shall be. */
export type ProductVariantInput = {
  /** Units in stock at its start. Counts for a new variant only: from then on stock is inventory's. */
  readonly initialQuantity?: InputMaybe<Scalars['Int']['input']>;
  /** One value for each of the product's options, in their order; empty when there is nothing to choose. */
  readonly optionValues?: ReadonlyArray<Scalars['String']['input']>;
  /** One price for each currency it is sold in, at least one. */
  readonly prices: ReadonlyArray<ProductPriceInput>;
  /** Stock keeping unit, unique in the shop. A variant is recognised by it, or else by its option values. */
  readonly sku?: InputMaybe<Scalars['String']['input']>;
  /** Weight in grams. */
  readonly weightGrams?: Scalars['Int']['input'];
};

/** The product was changed since it was read. */
export type ProductVersionConflict = CatalogueError & {
  /** The product's version now. */
  readonly currentVersion: Scalars['Int']['output'];
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Why a change to a profile or an address book did not happen. */
export type ProfileError = {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Entry points for reading. */
export type Query = {
  /** What was written down about security-relevant acts, latest first, a page at a time. */
  readonly auditEntries: AuditEntryConnection;
  /** A cart by its id; null when there is none, or when it is another account's. */
  readonly cart?: Maybe<Cart>;
  /** All categories, parents before children. */
  readonly categories: ReadonlyArray<Category>;
  /** A category by its slug; null when there is none. */
  readonly category?: Maybe<Category>;
  /** A collection by its slug; null when there is none. */
  readonly collection?: Maybe<Collection>;
  /** All collections by title, a page at a time. */
  readonly collections: CollectionConnection;
  /** A message that was given up, by its id; null when there is none, or none any more. */
  readonly deadLetter?: Maybe<DeadLetter>;
  /** Messages that consumers of any service gave up, oldest first, a page at a time. */
  readonly deadLetters: DeadLetterConnection;
  /** The deliveries there are, with their prices for a small order. */
  readonly deliveries: ReadonlyArray<DeliveryOption>;
  /** A message by its id; null when there is none. For support. */
  readonly message?: Maybe<Message>;
  /** Every message that was written, newest first, a page at a time. For support. */
  readonly messages: MessageConnection;
  /** The texts in use, by occasion, channel and language. For support. */
  readonly notificationTemplates: ReadonlyArray<NotificationTemplate>;
  /**
   * An order by its id or its number; null when there is none that you can see. A guest's order is seen by whoever knows its
   * id; by its number only by staff.
   */
  readonly order?: Maybe<Order>;
  /** Searches all orders, newest first, by the beginning of the number or of the shopper's e-mail address. */
  readonly orderSearch: OrderSearchConnection;
  /** All orders, newest first. */
  readonly orders: OrderConnection;
  /** A payment by its id: your own, or any with the scope `payments:read`; else null. A guest finds the payment by its order. */
  readonly payment?: Maybe<Payment>;
  /** The ways to pay that checkout accepts, by name. */
  readonly paymentProviders: ReadonlyArray<PaymentProvider>;
  /** All payments, latest first, a page at a time. */
  readonly payments: PaymentConnection;
  /** A product by its id or its slug; null when there is none that you can see. Give one of the two. */
  readonly product?: Maybe<Product>;
  /**
   * Searches the products for sale: every word must be found in the title, vendor, tags, categories, variants, description, or the whole text be the beginning of a SKU.
   * Small typos are forgiven, and the last word may be unfinished.
   */
  readonly productSearch: ProductSearchConnection;
  /** The products for sale, a page at a time. */
  readonly products: ProductConnection;
  /** What became of an order's request for stock; null for an order that inventory never heard of. */
  readonly reservation?: Maybe<StockReservation>;
  /** Every role that an account can have, with what it allows. */
  readonly roles: ReadonlyArray<RoleDefinition>;
  /** Titles, vendors and categories with a word that begins like the text, for a search field that completes. */
  readonly searchSuggestions: ReadonlyArray<Scalars['String']['output']>;
  /** The staff's common inbox, newest first: what falls to its threshold in stock. Read by one is read for all. */
  readonly staffNotifications: NotificationConnection;
  /** What each warehouse holds of a variant; empty for a variant that no stock is kept for. */
  readonly stockLevels: ReadonlyArray<StockLevel>;
  /** The changes of a variant's stock, the latest first, a page at a time. */
  readonly stockMovements: StockMovementConnection;
  /**
   * A person by the id of their account; null when there is none that you can see: yourself, or anybody with
   * `users:read`.
   */
  readonly user?: Maybe<User>;
  /** Everybody who has an account, latest first, a page at a time. */
  readonly users: UserConnection;
  /** Who is signed in; null for a guest. */
  readonly viewer?: Maybe<User>;
  /** All warehouses, in the order in which they are asked for stock. */
  readonly warehouses: ReadonlyArray<Warehouse>;
};


/** Entry points for reading. */
export type QueryAuditEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Entry points for reading. */
export type QueryCartArgs = {
  id: Scalars['ID']['input'];
};


/** Entry points for reading. */
export type QueryCategoryArgs = {
  slug: Scalars['String']['input'];
};


/** Entry points for reading. */
export type QueryCollectionArgs = {
  slug: Scalars['String']['input'];
};


/** Entry points for reading. */
export type QueryCollectionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Entry points for reading. */
export type QueryDeadLetterArgs = {
  id: Scalars['ID']['input'];
};


/** Entry points for reading. */
export type QueryDeadLettersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DeadLetterFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Entry points for reading. */
export type QueryDeliveriesArgs = {
  country?: InputMaybe<Scalars['String']['input']>;
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
};


/** Entry points for reading. */
export type QueryMessageArgs = {
  id: Scalars['ID']['input'];
};


/** Entry points for reading. */
export type QueryMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<MessageFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Entry points for reading. */
export type QueryOrderArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  number?: InputMaybe<Scalars['String']['input']>;
};


/** Entry points for reading. */
export type QueryOrderSearchArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderSearchFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  query: Scalars['String']['input'];
};


/** Entry points for reading. */
export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<OrderStatus>;
};


/** Entry points for reading. */
export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};


/** Entry points for reading. */
export type QueryPaymentsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<PaymentFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Entry points for reading. */
export type QueryProductArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};


/** Entry points for reading. */
export type QueryProductSearchArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductSearchFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  query: Scalars['String']['input'];
  sortBy?: InputMaybe<ProductSearchSort>;
};


/** Entry points for reading. */
export type QueryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  sortBy?: InputMaybe<ProductSort>;
};


/** Entry points for reading. */
export type QueryReservationArgs = {
  orderId: Scalars['ID']['input'];
};


/** Entry points for reading. */
export type QuerySearchSuggestionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  prefix: Scalars['String']['input'];
};


/** Entry points for reading. */
export type QueryStaffNotificationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  unreadOnly?: InputMaybe<Scalars['Boolean']['input']>;
};


/** Entry points for reading. */
export type QueryStockLevelsArgs = {
  variantId: Scalars['ID']['input'];
};


/** Entry points for reading. */
export type QueryStockMovementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  variantId: Scalars['ID']['input'];
};


/** Entry points for reading. */
export type QueryUserArgs = {
  id: Scalars['ID']['input'];
};


/** Entry points for reading. */
export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  query?: InputMaybe<Scalars['String']['input']>;
};

/** Money of a payment that is given back. */
export type Refund = {
  /** How much. */
  readonly amount: Money;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Why it failed; null unless it failed, and for who has neither `payments:read` nor `payments:refund`. */
  readonly failureReason?: Maybe<Scalars['String']['output']>;
  /** Identifies the refund for good. */
  readonly id: Scalars['ID']['output'];
  /** Why, in the words of who asked for it. */
  readonly reason: Scalars['String']['output'];
  /** Where the refund is in its life. */
  readonly status: RefundStatus;
};

/** What to give back. */
export type RefundCreateInput = {
  /** How much, in the currency's major unit; all that is left when absent. */
  readonly amount?: InputMaybe<Scalars['Decimal']['input']>;
  /** Names the intent: the same key with the same input gives the money back once. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** The order that was paid. */
  readonly orderId: Scalars['ID']['input'];
  /** Why, for a person to read, in 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
};

/** What became of the refund. */
export type RefundCreatePayload = {
  /** Why it did not begin; empty when it did. */
  readonly errors: ReadonlyArray<RefundError>;
  /** The payment that it belongs to; null when there are errors. */
  readonly payment?: Maybe<Payment>;
  /** The refund, which the provider is asked for in a moment; null when there are errors. */
  readonly refund?: Maybe<Refund>;
};

/** Why a refund did not begin. */
export type RefundError = {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Where a refund is in its life. */
export type RefundStatus =
  /** The provider refused; somebody has to look. */
  | 'FAILED'
  /** The provider has not answered yet. */
  | 'PENDING'
  /** The money is on its way back. */
  | 'SUCCEEDED';

/** The amount is more than what is left. */
export type RefundTooLarge = RefundError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** What can still be given back. */
  readonly refundable: Money;
};

/** A role with what it allows. */
export type RoleDefinition = {
  /** The role. */
  readonly role: AccountRole;
  /** The scopes that an account with this role finds in its access token, for example `orders:read`. */
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
};

/** Values of one filter, counted as if that filter were not set. */
export type SearchFacet = {
  /** The filter's field: `vendor`, `category` or `tag`. */
  readonly name: Scalars['String']['output'];
  /** The 50 most frequent values, the most frequent first. */
  readonly values: ReadonlyArray<SearchFacetValue>;
};

/** A value that found products have. */
export type SearchFacetValue = {
  /** How many products there would be with this value as the filter. */
  readonly count: Scalars['Int']['output'];
  /** The value, as the filter takes it. */
  readonly value: Scalars['String']['output'];
};

/** A field of a product in which searched words are. */
export type SearchHighlight = {
  /** The field: `title`, `vendor`, `tag`, `category`, `variant` or `description`. */
  readonly field: Scalars['String']['output'];
  /** Parts of the field as HTML that is safe to show: the words are in `<em>`, everything else is escaped. */
  readonly fragments: ReadonlyArray<Scalars['String']['output']>;
};

/** A sign-in on one device. */
export type Session = {
  /** When its owner signed in. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it ends by itself: 30 days after its last use. */
  readonly expiresAt: Scalars['DateTime']['output'];
  /** Identifies the session. */
  readonly id: Scalars['ID']['output'];
  /** When it last got an access token. */
  readonly lastUsedAt: Scalars['DateTime']['output'];
  /** When it was ended before its time; null while it was not. */
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the client said it is when it signed in, for example `TechCorp for iPhone 4.1`; null when it said nothing. */
  readonly userAgent?: Maybe<Scalars['String']['output']>;
};

/** Who signs in. */
export type SessionCreateInput = {
  /** The e-mail address of the account. Upper and lower case are the same. */
  readonly email: Scalars['String']['input'];
  /** The password of the account. */
  readonly password: Scalars['String']['input'];
  /** What the client is, for the list of sessions, for example `TechCorp for iPhone 4.1`. */
  readonly userAgent?: InputMaybe<Scalars['String']['input']>;
};

/** What became of signing in. */
export type SessionCreatePayload = {
  /** Proves who asks: send it as `Authorization: Bearer …`. Null when there are errors. */
  readonly accessToken?: Maybe<Scalars['String']['output']>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<AccountError>;
  /** How many seconds the access token is valid; null when there are errors. */
  readonly expiresIn?: Maybe<Scalars['Int']['output']>;
  /**
   * Gets the next access token from `sessionRefresh`, once. Keep it where no script can read it. Null when there are
   * errors.
   */
  readonly refreshToken?: Maybe<Scalars['String']['output']>;
  /** The sign-in; null when there are errors. */
  readonly session?: Maybe<Session>;
  /** Who is signed in; null when there are errors. */
  readonly user?: Maybe<User>;
};

/** The session to go on with. */
export type SessionRefreshInput = {
  /** The latest refresh token of the session. */
  readonly refreshToken: Scalars['String']['input'];
};

/** What became of going on with a session. */
export type SessionRefreshPayload = {
  /** Proves who asks: send it as `Authorization: Bearer …`. Null when there are errors. */
  readonly accessToken?: Maybe<Scalars['String']['output']>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<AccountError>;
  /** How many seconds the access token is valid; null when there are errors. */
  readonly expiresIn?: Maybe<Scalars['Int']['output']>;
  /**
   * Gets the next access token from `sessionRefresh`, once. Keep it where no script can read it. Null when there are
   * errors.
   */
  readonly refreshToken?: Maybe<Scalars['String']['output']>;
  /** The sign-in; null when there are errors. */
  readonly session?: Maybe<Session>;
  /** Who is signed in; null when there are errors. */
  readonly user?: Maybe<User>;
};

/** The session that shall end. Give one of the two. */
export type SessionRevokeInput = {
  /** A refresh token of the session. That works also when the access token is over. */
  readonly refreshToken?: InputMaybe<Scalars['String']['input']>;
  /** A session of your own, from `User.sessions`. You have to be signed in. */
  readonly sessionId?: InputMaybe<Scalars['ID']['input']>;
};

/** What became of signing out. */
export type SessionRevokePayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<AccountError>;
  /** The session, ended; null when there are errors. */
  readonly session?: Maybe<Session>;
};

/** A variant of another product has the SKU. */
export type SkuTaken = CatalogueError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** The SKU. */
  readonly sku: Scalars['String']['output'];
};

/** Something else of the kind has the slug. */
export type SlugTaken = CatalogueError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** The slug. */
  readonly slug: Scalars['String']['output'];
};

/** What to correct. */
export type StockAdjustInput = {
  /** Units that are there in addition; negative for units that are missing. Not 0. */
  readonly delta: Scalars['Int']['input'];
  /** Names the intent, for example a UUID: sending it twice with the same input corrects once and answers the same. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Why, for whoever reads the movements later: 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** The variant. */
  readonly variantId: Scalars['ID']['input'];
  /** The warehouse. */
  readonly warehouseId: Scalars['ID']['input'];
};

/** What became of a correction. */
export type StockAdjustPayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<StockError>;
  /** The correction as it was written down; null when there are errors. */
  readonly movement?: Maybe<StockMovement>;
  /** What the warehouse holds of the variant now; null when there are errors. */
  readonly stockLevel?: Maybe<StockLevel>;
};

/** Units of a variant that an order has from a warehouse. */
export type StockAllocation = {
  /** Units. */
  readonly quantity: Scalars['Int']['output'];
  /** What. */
  readonly variant: ProductVariant;
  /** From where. */
  readonly warehouse: Warehouse;
};

/** What is there does not allow the change: fewer units would be left than are reserved. */
export type StockConflict = StockError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** Units that are there. */
  readonly onHand: Scalars['Int']['output'];
  /** Units of them that are set aside for orders. */
  readonly reserved: Scalars['Int']['output'];
};

/** Why a change to stock or to a warehouse did not happen. */
export type StockError = {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** What a warehouse holds of a variant. */
export type StockLevel = {
  /** Units that are there and not set aside. They can be sold if the warehouse is active. */
  readonly available: Scalars['Int']['output'];
  /** Units that are there. */
  readonly onHand: Scalars['Int']['output'];
  /** Units of them that are set aside for orders. */
  readonly reserved: Scalars['Int']['output'];
  /** What. */
  readonly variant: ProductVariant;
  /** Where. */
  readonly warehouse: Warehouse;
};

/** A change of what a warehouse holds of a variant. All changes of a variant add up to its stock. */
export type StockMovement = {
  /** Who did it; null for what the platform does by itself. */
  readonly actor?: Maybe<User>;
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
  /** Identifies the movement. */
  readonly id: Scalars['ID']['output'];
  /** Why it happened, for programs. */
  readonly kind: StockMovementKind;
  /** Units that came; negative for those that went. */
  readonly onHandDelta: Scalars['Int']['output'];
  /** The order that it happened for; null for one without. */
  readonly order?: Maybe<Order>;
  /** Why somebody did it; null for what the platform does by itself. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Units that were set aside for an order; negative for those that no longer are. */
  readonly reservedDelta: Scalars['Int']['output'];
  /** What moved. */
  readonly variant: ProductVariant;
  /** Where it moved. */
  readonly warehouse: Warehouse;
};

export type StockMovementConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<StockMovementEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<StockMovement>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many movements there are on all pages. Counted only when selected. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An edge in a connection. */
export type StockMovementEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: StockMovement;
};

/** Why stock moved. */
export type StockMovementKind =
  /** Somebody corrected the stock. */
  | 'ADJUST'
  /** The units left for the order. */
  | 'COMMIT'
  /** The order was not paid in time and lost its units. */
  | 'EXPIRE'
  /** The variant was new and had stock. */
  | 'RECEIVE'
  /** The order gave up its units. */
  | 'RELEASE'
  /** Units were set aside for an order. */
  | 'RESERVE'
  /** The units came back from the order. */
  | 'RESTOCK';

/** What became of an order's request for stock. */
export type StockReservation = {
  /** What the order has from which warehouse; empty once it was given back. */
  readonly allocations: ReadonlyArray<StockAllocation>;
  /** When the order first asked. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When the stock is, or was, available again by itself; null when none was ever asked for. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the order wants. */
  readonly lines: ReadonlyArray<StockReservationLine>;
  /** The order. */
  readonly order: Order;
  /** Where the reservation is in its life. */
  readonly status: StockReservationStatus;
  /** When the status last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
};

/** Units of a variant that an order wants. */
export type StockReservationLine = {
  /** Units that there were when stock was lacking; null for a line that did not lack any. */
  readonly lackingAvailable?: Maybe<Scalars['Int']['output']>;
  /** Units. */
  readonly quantity: Scalars['Int']['output'];
  /** What. */
  readonly variant: ProductVariant;
};

/** Where a reservation is in its life. */
export type StockReservationStatus =
  /** The units have left the stock. */
  | 'COMMITTED'
  /** It was not paid in time: nothing is set aside. */
  | 'EXPIRED'
  /** Stock was lacking: nothing is set aside. */
  | 'REJECTED'
  /** It was given up: nothing is set aside. */
  | 'RELEASED'
  /** Every line is set aside. */
  | 'RESERVED'
  /** The units had left the stock and are back. */
  | 'RESTOCKED';

/** Entry points for following. */
export type Subscription = {
  /**
   * An order as it is now, and then after every change. It ends only when you end it. An order that you cannot see, or that
   * does not exist, sends nothing and ends at once. After a lost connection subscribe again: the first answer is the state of then.
   */
  readonly orderStatusChanged: Order;
  /**
   * Each of the variants as it is now, and then whenever what can be bought of it changes. Several changes at once may come
   * as one. It ends only when you end it; with no variant to follow it ends at once. After a lost connection subscribe again:
   * the first answers are the state of then.
   */
  readonly stockChanged: ProductVariant;
};


/** Entry points for following. */
export type SubscriptionOrderStatusChangedArgs = {
  orderId: Scalars['ID']['input'];
};


/** Entry points for following. */
export type SubscriptionStockChangedArgs = {
  variantIds: ReadonlyArray<Scalars['ID']['input']>;
};

/** A step of an order. */
export type TimelineEntry = {
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
  /** What happened, for programs, for example `STOCK_RESERVED`. */
  readonly kind: Scalars['String']['output'];
  /** What happened, for a person to read. */
  readonly message: Scalars['String']['output'];
};

/** Too often in too short a time. */
export type TooManyAttempts = AccountError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
  /** Try again after so many seconds. */
  readonly retryAfterSeconds: Scalars['Int']['output'];
};

/** A person who has an account. Only the person and staff with `users:read` can see it. */
export type User = {
  /** The address book, oldest entry first; at most 50. */
  readonly addresses: ReadonlyArray<Address>;
  /** The account's open cart that was used last; null when there is none, or when it is not yours. */
  readonly cart?: Maybe<Cart>;
  /** When the account was opened. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The currency that the person wants to see prices in. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** How the person wants to be called. */
  readonly displayName: Scalars['String']['output'];
  /** Where to reach the person; also what they sign in with. */
  readonly email: Scalars['String']['output'];
  /** What was changed about the profile and the address book, latest first. */
  readonly history: UserChangeConnection;
  /** Identifies the account for good. */
  readonly id: Scalars['ID']['output'];
  /** Language tag (BCP 47) of what is written to the person, for example `pt-BR`. */
  readonly locale: Scalars['String']['output'];
  /** Whether the person wants to hear of offers. */
  readonly marketingOptIn: Scalars['Boolean']['output'];
  /** What the account wants to be told, and how; null for an account that is not yours. */
  readonly notificationPreferences?: Maybe<ReadonlyArray<NotificationPreference>>;
  /** The notifications in the shop, newest first; null for an account that is not yours. */
  readonly notifications?: Maybe<NotificationConnection>;
  /** The account's orders, newest first: your own, or anybody's with `orders:read`. */
  readonly orders?: Maybe<OrderConnection>;
  /** Telephone number in international form, for example `+49301234567`; null when not given. */
  readonly phone?: Maybe<Scalars['String']['output']>;
  /** What the person may do; null unless that is you, or you have `users:read`. */
  readonly roles?: Maybe<ReadonlyArray<AccountRole>>;
  /** Where the person is signed in, last used first, at most 100; null unless that is you. */
  readonly sessions?: Maybe<ReadonlyArray<Session>>;
  /** When the profile was last changed. */
  readonly updatedAt: Scalars['DateTime']['output'];
};


/** A person who has an account. Only the person and staff with `users:read` can see it. */
export type UserHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person who has an account. Only the person and staff with `users:read` can see it. */
export type UserNotificationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  unreadOnly?: InputMaybe<Scalars['Boolean']['input']>;
};


/** A person who has an account. Only the person and staff with `users:read` can see it. */
export type UserOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Something that was done to a profile or its address book. */
export type UserChange = {
  /** The account that did it; null for the platform itself. */
  readonly actorId?: Maybe<Scalars['ID']['output']>;
  /** The address that it was done to, which may be gone; null for the profile. */
  readonly addressId?: Maybe<Scalars['ID']['output']>;
  /** When it was done. */
  readonly at: Scalars['DateTime']['output'];
  /** The fields whose values it changed. */
  readonly fields: ReadonlyArray<UserFieldChange>;
  /** Identifies the entry. */
  readonly id: Scalars['ID']['output'];
  /** What was done. */
  readonly kind: UserChangeKind;
};

export type UserChangeConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<UserChangeEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<UserChange>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
};

/** An edge in a connection. */
export type UserChangeEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: UserChange;
};

/** What was done to a profile or its address book. */
export type UserChangeKind =
  /** An address was added. */
  | 'ADDRESS_CREATED'
  /** An address was removed. */
  | 'ADDRESS_DELETED'
  /** An address was changed. */
  | 'ADDRESS_UPDATED'
  /** The profile was changed. */
  | 'PROFILE_UPDATED'
  /** The account was opened. */
  | 'REGISTERED';

export type UserConnection = {
  /** A list of edges. */
  readonly edges: ReadonlyArray<UserEdge>;
  /** A list of nodes. */
  readonly nodes: ReadonlyArray<User>;
  /** Information to aid in pagination. */
  readonly pageInfo: PageInfo;
  /** How many people there are on all pages. Counted only when selected. */
  readonly totalCount: Scalars['Int']['output'];
};

/** Whose account to delete. */
export type UserDeleteInput = {
  /** The account. Those of others need `users:write`. */
  readonly id: Scalars['ID']['input'];
};

/** What became of deleting an account. */
export type UserDeletePayload = {
  /** The account that is gone; null when there are errors. */
  readonly deletedUserId?: Maybe<Scalars['ID']['output']>;
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<ProfileError>;
};

/** An edge in a connection. */
export type UserEdge = {
  /** A cursor for use in pagination */
  readonly cursor: Scalars['String']['output'];
  /** The item at the end of the edge */
  readonly node: User;
};

/** What became of one field. */
export type UserFieldChange = {
  /** The field's name, for example `displayName`. */
  readonly field: Scalars['String']['output'];
  /** Its value after, as text; null when it has none. */
  readonly new?: Maybe<Scalars['String']['output']>;
  /** Its value before, as text; null when it had none. */
  readonly old?: Maybe<Scalars['String']['output']>;
};

/** What shall be different about a profile. An absent field stays as it is. */
export type UserUpdateInput = {
  /** The currency that the person wants to see prices in. */
  readonly currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** How the person wants to be called, 1 to 100 characters. */
  readonly displayName?: InputMaybe<Scalars['String']['input']>;
  /** Whose profile; yours when absent. Those of others need `users:write`. */
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** Language tag (BCP 47) of what is written to the person, for example `pt-BR`. */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  /** Whether the person wants to hear of offers. */
  readonly marketingOptIn?: InputMaybe<Scalars['Boolean']['input']>;
  /** Telephone number with its country code, for example `+49 30 1234567`; null takes it away. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
};

/** What became of changing a profile. */
export type UserUpdatePayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<ProfileError>;
  /** The person, changed; null when there are errors, and for staff that may change profiles but not see them. */
  readonly user?: Maybe<User>;
};

/** A place where stock is kept. */
export type Warehouse = {
  /** Whether its stock can be sold. */
  readonly active: Scalars['Boolean']['output'];
  /** What people call it for good, for example `MAIN`. Unique. */
  readonly code: Scalars['String']['output'];
  /** Where it is: the country's two-letter code (ISO 3166-1), for example `DE`. */
  readonly country: Scalars['String']['output'];
  /** Identifies the warehouse for good. */
  readonly id: Scalars['ID']['output'];
  /** Display name. */
  readonly name: Scalars['String']['output'];
  /** Orders are served from the lowest first: of the warehouses that have everything, or else of all. */
  readonly priority: Scalars['Int']['output'];
};

/** A new warehouse. */
export type WarehouseCreateInput = {
  /** What people call it for good: at most 20 capital letters, digits and single hyphens. Unique. */
  readonly code: Scalars['String']['input'];
  /** Where it is: the country's two-letter code (ISO 3166-1), for example `DE`. */
  readonly country: Scalars['String']['input'];
  /** Names the intent, for example a UUID: sending it twice with the same input opens one warehouse and answers the same. */
  readonly idempotencyKey: Scalars['String']['input'];
  /** Display name. */
  readonly name: Scalars['String']['input'];
  /** Orders are served from the lowest first. */
  readonly priority: Scalars['Int']['input'];
};

/** What became of adding a warehouse. */
export type WarehouseCreatePayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<StockError>;
  /** The new warehouse, active; null when there are errors. */
  readonly warehouse?: Maybe<Warehouse>;
};

/** What to change of a warehouse. An absent or null field stays as it is. */
export type WarehouseUpdateInput = {
  /** Whether its stock can be sold. What is reserved there for orders stays reserved. */
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
  /** Where it is: the country's two-letter code (ISO 3166-1), for example `DE`. */
  readonly country?: InputMaybe<Scalars['String']['input']>;
  /** The warehouse. */
  readonly id: Scalars['ID']['input'];
  /** Display name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
  /** Orders are served from the lowest first. */
  readonly priority?: InputMaybe<Scalars['Int']['input']>;
};

/** What became of changing a warehouse. */
export type WarehouseUpdatePayload = {
  /** Why it did not happen; empty when it did. */
  readonly errors: ReadonlyArray<StockError>;
  /** The warehouse as it is now; null when there are errors. */
  readonly warehouse?: Maybe<Warehouse>;
};

/** The password is too easy to guess, or of the wrong length. */
export type WeakPassword = AccountError & {
  /** What is wrong and how to fix it, for a person to read. */
  readonly message: Scalars['String']['output'];
};

export type AccountRegisterMutationVariables = Exact<{
  input: AccountRegisterInput;
}>;


export type AccountRegisterMutation = { readonly accountRegister: { readonly accessToken?: string | null, readonly refreshToken?: string | null, readonly expiresIn?: number | null, readonly errors: ReadonlyArray<{ readonly __typename: 'EmailTaken', readonly message: string } | { readonly __typename: 'InvalidCredentials', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'InvalidRefreshToken', readonly message: string } | { readonly __typename: 'LastAdministrator', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'TooManyAttempts', readonly message: string } | { readonly __typename: 'WeakPassword', readonly message: string }> } };

export type SessionCreateMutationVariables = Exact<{
  input: SessionCreateInput;
}>;


export type SessionCreateMutation = { readonly sessionCreate: { readonly accessToken?: string | null, readonly refreshToken?: string | null, readonly expiresIn?: number | null, readonly errors: ReadonlyArray<{ readonly __typename: 'EmailTaken', readonly message: string } | { readonly __typename: 'InvalidCredentials', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'InvalidRefreshToken', readonly message: string } | { readonly __typename: 'LastAdministrator', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'TooManyAttempts', readonly message: string } | { readonly __typename: 'WeakPassword', readonly message: string }> } };

export type SessionRefreshMutationVariables = Exact<{
  input: SessionRefreshInput;
}>;


export type SessionRefreshMutation = { readonly sessionRefresh: { readonly accessToken?: string | null, readonly refreshToken?: string | null, readonly expiresIn?: number | null, readonly errors: ReadonlyArray<{ readonly __typename: 'EmailTaken', readonly message: string } | { readonly __typename: 'InvalidCredentials', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'InvalidRefreshToken', readonly message: string } | { readonly __typename: 'LastAdministrator', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'TooManyAttempts', readonly message: string } | { readonly __typename: 'WeakPassword', readonly message: string }> } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer?: { readonly id: string, readonly email: string, readonly displayName: string, readonly cart?: { readonly id: string } | null, readonly orders?: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly placedAt: string, readonly total: { readonly amount: string, readonly currencyCode: string } } }> } | null } | null };

export type PriceFragment = { readonly amount: string, readonly currencyCode: string };

export type ProductsQueryVariables = Exact<{
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ProductFilter>;
  sortBy?: ProductSort;
}>;


export type ProductsQuery = { readonly products: { readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly slug: string, readonly title: string, readonly vendor: string, readonly media: ReadonlyArray<{ readonly url: string, readonly alt: string }>, readonly priceRange?: { readonly lowest: { readonly amount: string, readonly currencyCode: string } } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor?: string | null } } };

export type ProductQueryVariables = Exact<{
  slug: Scalars['String']['input'];
}>;


export type ProductQuery = { readonly product?: { readonly id: string, readonly slug: string, readonly title: string, readonly descriptionHtml: string, readonly vendor: string, readonly options: ReadonlyArray<{ readonly name: string, readonly values: ReadonlyArray<string> }>, readonly media: ReadonlyArray<{ readonly url: string, readonly alt: string }>, readonly variants: ReadonlyArray<{ readonly id: string, readonly sku?: string | null, readonly title: string, readonly optionValues: ReadonlyArray<string>, readonly price?: { readonly amount: string, readonly currencyCode: string } | null, readonly availability: { readonly quantity: number, readonly status: AvailabilityStatus } }> } | null };

export type SearchQueryVariables = Exact<{
  query: Scalars['String']['input'];
  first?: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type SearchQuery = { readonly productSearch: { readonly totalCount: number, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly slug: string, readonly title: string, readonly media: ReadonlyArray<{ readonly url: string, readonly alt: string }>, readonly priceRange?: { readonly lowest: { readonly amount: string, readonly currencyCode: string } } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor?: string | null } } };

export type CartViewFragment = { readonly id: string, readonly currency: string, readonly email?: string | null, readonly taxIncluded: boolean, readonly lines: ReadonlyArray<{ readonly title: string, readonly variantTitle: string, readonly imageUrl?: string | null, readonly quantity: number, readonly variant: { readonly id: string }, readonly unitPrice: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string } }>, readonly availableDeliveries: ReadonlyArray<{ readonly code: string, readonly name: string, readonly minDays: number, readonly maxDays: number, readonly price: { readonly amount: string, readonly currencyCode: string } }>, readonly delivery?: { readonly code: string } | null, readonly subtotal: { readonly amount: string, readonly currencyCode: string }, readonly shipping: { readonly amount: string, readonly currencyCode: string }, readonly tax: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string }, readonly problems: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly message: string }> };

type Obstacle_CartIncomplete_Fragment = { readonly __typename: 'CartIncomplete', readonly message: string };

type Obstacle_DeliveryUnavailable_Fragment = { readonly __typename: 'DeliveryUnavailable', readonly message: string };

type Obstacle_IdempotencyConflict_Fragment = { readonly __typename: 'IdempotencyConflict', readonly message: string };

type Obstacle_InsufficientStock_Fragment = { readonly __typename: 'InsufficientStock', readonly variantId: string, readonly available: number, readonly message: string };

type Obstacle_InvalidInput_Fragment = { readonly __typename: 'InvalidInput', readonly field: string, readonly message: string };

type Obstacle_NotForSale_Fragment = { readonly __typename: 'NotForSale', readonly message: string };

type Obstacle_NotFound_Fragment = { readonly __typename: 'NotFound', readonly message: string };

type Obstacle_OrderStatusConflict_Fragment = { readonly __typename: 'OrderStatusConflict', readonly message: string };

type Obstacle_PriceChanged_Fragment = { readonly __typename: 'PriceChanged', readonly variantId: string, readonly message: string, readonly now: { readonly amount: string, readonly currencyCode: string } };

export type ObstacleFragment = Obstacle_CartIncomplete_Fragment | Obstacle_DeliveryUnavailable_Fragment | Obstacle_IdempotencyConflict_Fragment | Obstacle_InsufficientStock_Fragment | Obstacle_InvalidInput_Fragment | Obstacle_NotForSale_Fragment | Obstacle_NotFound_Fragment | Obstacle_OrderStatusConflict_Fragment | Obstacle_PriceChanged_Fragment;

export type CartQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type CartQuery = { readonly cart?: { readonly id: string, readonly currency: string, readonly email?: string | null, readonly taxIncluded: boolean, readonly lines: ReadonlyArray<{ readonly title: string, readonly variantTitle: string, readonly imageUrl?: string | null, readonly quantity: number, readonly variant: { readonly id: string }, readonly unitPrice: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string } }>, readonly availableDeliveries: ReadonlyArray<{ readonly code: string, readonly name: string, readonly minDays: number, readonly maxDays: number, readonly price: { readonly amount: string, readonly currencyCode: string } }>, readonly delivery?: { readonly code: string } | null, readonly subtotal: { readonly amount: string, readonly currencyCode: string }, readonly shipping: { readonly amount: string, readonly currencyCode: string }, readonly tax: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string }, readonly problems: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly message: string }> } | null };

export type CartCreateMutationVariables = Exact<{
  input: CartCreateInput;
}>;


export type CartCreateMutation = { readonly cartCreate: { readonly cart?: { readonly id: string, readonly currency: string, readonly email?: string | null, readonly taxIncluded: boolean, readonly lines: ReadonlyArray<{ readonly title: string, readonly variantTitle: string, readonly imageUrl?: string | null, readonly quantity: number, readonly variant: { readonly id: string }, readonly unitPrice: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string } }>, readonly availableDeliveries: ReadonlyArray<{ readonly code: string, readonly name: string, readonly minDays: number, readonly maxDays: number, readonly price: { readonly amount: string, readonly currencyCode: string } }>, readonly delivery?: { readonly code: string } | null, readonly subtotal: { readonly amount: string, readonly currencyCode: string }, readonly shipping: { readonly amount: string, readonly currencyCode: string }, readonly tax: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string }, readonly problems: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly message: string }> } | null, readonly errors: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly variantId: string, readonly available: number, readonly message: string } | { readonly __typename: 'InvalidInput', readonly field: string, readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly variantId: string, readonly message: string, readonly now: { readonly amount: string, readonly currencyCode: string } }> } };

export type CartLinesAddMutationVariables = Exact<{
  input: CartLinesInput;
}>;


export type CartLinesAddMutation = { readonly cartLinesAdd: { readonly cart?: { readonly id: string, readonly currency: string, readonly email?: string | null, readonly taxIncluded: boolean, readonly lines: ReadonlyArray<{ readonly title: string, readonly variantTitle: string, readonly imageUrl?: string | null, readonly quantity: number, readonly variant: { readonly id: string }, readonly unitPrice: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string } }>, readonly availableDeliveries: ReadonlyArray<{ readonly code: string, readonly name: string, readonly minDays: number, readonly maxDays: number, readonly price: { readonly amount: string, readonly currencyCode: string } }>, readonly delivery?: { readonly code: string } | null, readonly subtotal: { readonly amount: string, readonly currencyCode: string }, readonly shipping: { readonly amount: string, readonly currencyCode: string }, readonly tax: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string }, readonly problems: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly message: string }> } | null, readonly errors: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly variantId: string, readonly available: number, readonly message: string } | { readonly __typename: 'InvalidInput', readonly field: string, readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly variantId: string, readonly message: string, readonly now: { readonly amount: string, readonly currencyCode: string } }> } };

export type CartLinesUpdateMutationVariables = Exact<{
  input: CartLinesInput;
}>;


export type CartLinesUpdateMutation = { readonly cartLinesUpdate: { readonly cart?: { readonly id: string, readonly currency: string, readonly email?: string | null, readonly taxIncluded: boolean, readonly lines: ReadonlyArray<{ readonly title: string, readonly variantTitle: string, readonly imageUrl?: string | null, readonly quantity: number, readonly variant: { readonly id: string }, readonly unitPrice: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string } }>, readonly availableDeliveries: ReadonlyArray<{ readonly code: string, readonly name: string, readonly minDays: number, readonly maxDays: number, readonly price: { readonly amount: string, readonly currencyCode: string } }>, readonly delivery?: { readonly code: string } | null, readonly subtotal: { readonly amount: string, readonly currencyCode: string }, readonly shipping: { readonly amount: string, readonly currencyCode: string }, readonly tax: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string }, readonly problems: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly message: string }> } | null, readonly errors: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly variantId: string, readonly available: number, readonly message: string } | { readonly __typename: 'InvalidInput', readonly field: string, readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly variantId: string, readonly message: string, readonly now: { readonly amount: string, readonly currencyCode: string } }> } };

export type CartLinesRemoveMutationVariables = Exact<{
  input: CartLinesRemoveInput;
}>;


export type CartLinesRemoveMutation = { readonly cartLinesRemove: { readonly cart?: { readonly id: string, readonly currency: string, readonly email?: string | null, readonly taxIncluded: boolean, readonly lines: ReadonlyArray<{ readonly title: string, readonly variantTitle: string, readonly imageUrl?: string | null, readonly quantity: number, readonly variant: { readonly id: string }, readonly unitPrice: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string } }>, readonly availableDeliveries: ReadonlyArray<{ readonly code: string, readonly name: string, readonly minDays: number, readonly maxDays: number, readonly price: { readonly amount: string, readonly currencyCode: string } }>, readonly delivery?: { readonly code: string } | null, readonly subtotal: { readonly amount: string, readonly currencyCode: string }, readonly shipping: { readonly amount: string, readonly currencyCode: string }, readonly tax: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string }, readonly problems: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly message: string }> } | null, readonly errors: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly variantId: string, readonly available: number, readonly message: string } | { readonly __typename: 'InvalidInput', readonly field: string, readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly variantId: string, readonly message: string, readonly now: { readonly amount: string, readonly currencyCode: string } }> } };

export type CartBuyerUpdateMutationVariables = Exact<{
  input: CartBuyerUpdateInput;
}>;


export type CartBuyerUpdateMutation = { readonly cartBuyerUpdate: { readonly cart?: { readonly id: string, readonly currency: string, readonly email?: string | null, readonly taxIncluded: boolean, readonly lines: ReadonlyArray<{ readonly title: string, readonly variantTitle: string, readonly imageUrl?: string | null, readonly quantity: number, readonly variant: { readonly id: string }, readonly unitPrice: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string } }>, readonly availableDeliveries: ReadonlyArray<{ readonly code: string, readonly name: string, readonly minDays: number, readonly maxDays: number, readonly price: { readonly amount: string, readonly currencyCode: string } }>, readonly delivery?: { readonly code: string } | null, readonly subtotal: { readonly amount: string, readonly currencyCode: string }, readonly shipping: { readonly amount: string, readonly currencyCode: string }, readonly tax: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string }, readonly problems: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly message: string }> } | null, readonly errors: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly variantId: string, readonly available: number, readonly message: string } | { readonly __typename: 'InvalidInput', readonly field: string, readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly variantId: string, readonly message: string, readonly now: { readonly amount: string, readonly currencyCode: string } }> } };

export type CartDeliverySelectMutationVariables = Exact<{
  input: CartDeliverySelectInput;
}>;


export type CartDeliverySelectMutation = { readonly cartDeliverySelect: { readonly cart?: { readonly id: string, readonly currency: string, readonly email?: string | null, readonly taxIncluded: boolean, readonly lines: ReadonlyArray<{ readonly title: string, readonly variantTitle: string, readonly imageUrl?: string | null, readonly quantity: number, readonly variant: { readonly id: string }, readonly unitPrice: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string } }>, readonly availableDeliveries: ReadonlyArray<{ readonly code: string, readonly name: string, readonly minDays: number, readonly maxDays: number, readonly price: { readonly amount: string, readonly currencyCode: string } }>, readonly delivery?: { readonly code: string } | null, readonly subtotal: { readonly amount: string, readonly currencyCode: string }, readonly shipping: { readonly amount: string, readonly currencyCode: string }, readonly tax: { readonly amount: string, readonly currencyCode: string }, readonly total: { readonly amount: string, readonly currencyCode: string }, readonly problems: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly message: string } | { readonly __typename: 'InvalidInput', readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly message: string }> } | null, readonly errors: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly variantId: string, readonly available: number, readonly message: string } | { readonly __typename: 'InvalidInput', readonly field: string, readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly variantId: string, readonly message: string, readonly now: { readonly amount: string, readonly currencyCode: string } }> } };

export type CheckoutCompleteMutationVariables = Exact<{
  input: CheckoutCompleteInput;
}>;


export type CheckoutCompleteMutation = { readonly checkoutComplete: { readonly order?: { readonly id: string, readonly number: string, readonly status: OrderStatus } | null, readonly errors: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly variantId: string, readonly available: number, readonly message: string } | { readonly __typename: 'InvalidInput', readonly field: string, readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly variantId: string, readonly message: string, readonly now: { readonly amount: string, readonly currencyCode: string } }> } };

export type OrderStateFragment = { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly paymentStatus: OrderPaymentStatus, readonly stockStatus: OrderStockStatus, readonly reason?: string | null, readonly paymentActionUrl?: string | null, readonly version: number };

export type OrderQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type OrderQuery = { readonly order?: { readonly placedAt: string, readonly id: string, readonly number: string, readonly status: OrderStatus, readonly paymentStatus: OrderPaymentStatus, readonly stockStatus: OrderStockStatus, readonly reason?: string | null, readonly paymentActionUrl?: string | null, readonly version: number, readonly total: { readonly amount: string, readonly currencyCode: string }, readonly lines: ReadonlyArray<{ readonly title: string, readonly variantTitle: string, readonly quantity: number, readonly total: { readonly amount: string, readonly currencyCode: string }, readonly variant: { readonly id: string } }>, readonly timeline: ReadonlyArray<{ readonly at: string, readonly kind: string, readonly message: string }>, readonly payments: ReadonlyArray<{ readonly status: PaymentStatus, readonly failureReason?: string | null }>, readonly messages: ReadonlyArray<{ readonly subject: string, readonly status: MessageStatus }> } | null };

export type OrderCancelMutationVariables = Exact<{
  input: OrderCancelInput;
}>;


export type OrderCancelMutation = { readonly orderCancel: { readonly order?: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly paymentStatus: OrderPaymentStatus, readonly stockStatus: OrderStockStatus, readonly reason?: string | null, readonly paymentActionUrl?: string | null, readonly version: number } | null, readonly errors: ReadonlyArray<{ readonly __typename: 'CartIncomplete', readonly message: string } | { readonly __typename: 'DeliveryUnavailable', readonly message: string } | { readonly __typename: 'IdempotencyConflict', readonly message: string } | { readonly __typename: 'InsufficientStock', readonly variantId: string, readonly available: number, readonly message: string } | { readonly __typename: 'InvalidInput', readonly field: string, readonly message: string } | { readonly __typename: 'NotForSale', readonly message: string } | { readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'OrderStatusConflict', readonly message: string } | { readonly __typename: 'PriceChanged', readonly variantId: string, readonly message: string, readonly now: { readonly amount: string, readonly currencyCode: string } }> } };

export type PaymentActionCompleteMutationVariables = Exact<{
  input: PaymentActionCompleteInput;
}>;


export type PaymentActionCompleteMutation = { readonly paymentActionComplete: { readonly payment?: { readonly status: PaymentStatus } | null, readonly errors: ReadonlyArray<{ readonly __typename: 'NotFound', readonly message: string } | { readonly __typename: 'PaymentProviderUnavailable', readonly message: string }> } };

export type OrderStatusChangedSubscriptionVariables = Exact<{
  orderId: Scalars['ID']['input'];
}>;


export type OrderStatusChangedSubscription = { readonly orderStatusChanged: { readonly id: string, readonly number: string, readonly status: OrderStatus, readonly paymentStatus: OrderPaymentStatus, readonly stockStatus: OrderStockStatus, readonly reason?: string | null, readonly paymentActionUrl?: string | null, readonly version: number } };

export const PriceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]} as unknown as DocumentNode<PriceFragment, unknown>;
export const CartViewFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CartView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Cart"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"availableDeliveries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"minDays"}},{"kind":"Field","name":{"kind":"Name","value":"maxDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taxIncluded"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]} as unknown as DocumentNode<CartViewFragment, unknown>;
export const ObstacleFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Obstacle"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientStock"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"now"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]} as unknown as DocumentNode<ObstacleFragment, unknown>;
export const OrderStateFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"paymentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"stockStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"paymentActionUrl"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<OrderStateFragment, unknown>;
export const AccountRegisterDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AccountRegister"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AccountRegisterInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accountRegister"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresIn"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<AccountRegisterMutation, AccountRegisterMutationVariables>;
export const SessionCreateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SessionCreate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresIn"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SessionCreateMutation, SessionCreateMutationVariables>;
export const SessionRefreshDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SessionRefresh"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"SessionRefreshInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"sessionRefresh"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accessToken"}},{"kind":"Field","name":{"kind":"Name","value":"refreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"expiresIn"}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<SessionRefreshMutation, SessionRefreshMutationVariables>;
export const ViewerDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"cart"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"orders"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"placedAt"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]} as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const ProductsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Products"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"24"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ProductFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sortBy"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ProductSort"}}},"defaultValue":{"kind":"EnumValue","value":"NEWEST"}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"products"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"sortBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sortBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"priceRange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lowest"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]} as unknown as DocumentNode<ProductsQuery, ProductsQueryVariables>;
export const ProductDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Product"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"slug"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"product"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"slug"},"value":{"kind":"Variable","name":{"kind":"Name","value":"slug"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"descriptionHtml"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"values"}}]}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"variants"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"sku"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"optionValues"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"availability"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]} as unknown as DocumentNode<ProductQuery, ProductQueryVariables>;
export const SearchDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Search"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"query"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},"defaultValue":{"kind":"IntValue","value":"24"}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"productSearch"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"query"},"value":{"kind":"Variable","name":{"kind":"Name","value":"query"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"slug"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"media"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"alt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"priceRange"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"lowest"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]} as unknown as DocumentNode<SearchQuery, SearchQueryVariables>;
export const CartDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Cart"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cart"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CartView"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CartView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Cart"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"availableDeliveries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"minDays"}},{"kind":"Field","name":{"kind":"Name","value":"maxDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taxIncluded"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]} as unknown as DocumentNode<CartQuery, CartQueryVariables>;
export const CartCreateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CartCreate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CartCreateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cartCreate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cart"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CartView"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Obstacle"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CartView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Cart"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"availableDeliveries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"minDays"}},{"kind":"Field","name":{"kind":"Name","value":"maxDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taxIncluded"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Obstacle"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientStock"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"now"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]} as unknown as DocumentNode<CartCreateMutation, CartCreateMutationVariables>;
export const CartLinesAddDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CartLinesAdd"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CartLinesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cartLinesAdd"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cart"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CartView"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Obstacle"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CartView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Cart"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"availableDeliveries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"minDays"}},{"kind":"Field","name":{"kind":"Name","value":"maxDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taxIncluded"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Obstacle"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientStock"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"now"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]} as unknown as DocumentNode<CartLinesAddMutation, CartLinesAddMutationVariables>;
export const CartLinesUpdateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CartLinesUpdate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CartLinesInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cartLinesUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cart"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CartView"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Obstacle"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CartView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Cart"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"availableDeliveries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"minDays"}},{"kind":"Field","name":{"kind":"Name","value":"maxDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taxIncluded"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Obstacle"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientStock"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"now"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]} as unknown as DocumentNode<CartLinesUpdateMutation, CartLinesUpdateMutationVariables>;
export const CartLinesRemoveDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CartLinesRemove"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CartLinesRemoveInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cartLinesRemove"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cart"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CartView"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Obstacle"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CartView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Cart"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"availableDeliveries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"minDays"}},{"kind":"Field","name":{"kind":"Name","value":"maxDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taxIncluded"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Obstacle"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientStock"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"now"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]} as unknown as DocumentNode<CartLinesRemoveMutation, CartLinesRemoveMutationVariables>;
export const CartBuyerUpdateDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CartBuyerUpdate"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CartBuyerUpdateInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cartBuyerUpdate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cart"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CartView"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Obstacle"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CartView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Cart"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"availableDeliveries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"minDays"}},{"kind":"Field","name":{"kind":"Name","value":"maxDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taxIncluded"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Obstacle"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientStock"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"now"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]} as unknown as DocumentNode<CartBuyerUpdateMutation, CartBuyerUpdateMutationVariables>;
export const CartDeliverySelectDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CartDeliverySelect"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CartDeliverySelectInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cartDeliverySelect"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cart"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CartView"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Obstacle"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CartView"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Cart"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"currency"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"imageUrl"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"unitPrice"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"availableDeliveries"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"price"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"minDays"}},{"kind":"Field","name":{"kind":"Name","value":"maxDays"}}]}},{"kind":"Field","name":{"kind":"Name","value":"delivery"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}},{"kind":"Field","name":{"kind":"Name","value":"subtotal"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"shipping"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"tax"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"taxIncluded"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Obstacle"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientStock"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"now"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]} as unknown as DocumentNode<CartDeliverySelectMutation, CartDeliverySelectMutationVariables>;
export const CheckoutCompleteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CheckoutComplete"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CheckoutCompleteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"checkoutComplete"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Obstacle"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Obstacle"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientStock"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"now"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]} as unknown as DocumentNode<CheckoutCompleteMutation, CheckoutCompleteMutationVariables>;
export const OrderDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Order"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderState"}},{"kind":"Field","name":{"kind":"Name","value":"placedAt"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"lines"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"variantTitle"}},{"kind":"Field","name":{"kind":"Name","value":"quantity"}},{"kind":"Field","name":{"kind":"Name","value":"total"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}},{"kind":"Field","name":{"kind":"Name","value":"variant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"timeline"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"at"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"payments"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"failureReason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"messages"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"subject"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"paymentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"stockStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"paymentActionUrl"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}}]} as unknown as DocumentNode<OrderQuery, OrderQueryVariables>;
export const OrderCancelDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"OrderCancel"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"OrderCancelInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderCancel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"order"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderState"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Obstacle"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Price"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Money"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"amount"}},{"kind":"Field","name":{"kind":"Name","value":"currencyCode"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"paymentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"stockStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"paymentActionUrl"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"Obstacle"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OrderingError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InvalidInput"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"field"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"InsufficientStock"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"available"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PriceChanged"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"variantId"}},{"kind":"Field","name":{"kind":"Name","value":"now"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"Price"}}]}}]}}]}}]} as unknown as DocumentNode<OrderCancelMutation, OrderCancelMutationVariables>;
export const PaymentActionCompleteDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"PaymentActionComplete"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PaymentActionCompleteInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"paymentActionComplete"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"payment"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"errors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<PaymentActionCompleteMutation, PaymentActionCompleteMutationVariables>;
export const OrderStatusChangedDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"OrderStatusChanged"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"orderStatusChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"orderId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OrderState"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OrderState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Order"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"number"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"paymentStatus"}},{"kind":"Field","name":{"kind":"Name","value":"stockStatus"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}},{"kind":"Field","name":{"kind":"Name","value":"paymentActionUrl"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}}]} as unknown as DocumentNode<OrderStatusChangedSubscription, OrderStatusChangedSubscriptionVariables>;