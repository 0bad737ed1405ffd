// The tabs a first visit opens with.
export const exampleTabs = [
  {
    query: `# The newest products of the shop, one page at a time.
query Products($first: Int = 10, $after: String) {
  products(first: $first, after: $after) {
    edges {
      node {
        id
        title
        slug
        priceRange {
          lowest {
            amount
            currencyCode
          }
        }
        media {
          url
          alt
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: JSON.stringify({ first: 10 }, null, 2),
  },
  {
    query: `# One product by the slug of its page.
query ProductBySlug($slug: String! = "arc-reading-lamp") {
  product(slug: $slug) {
    id
    title
    slug
    descriptionHtml
    options {
      name
      values
    }
    variants {
      id
      sku
      title
      price {
        amount
        currencyCode
      }
    }
  }
}
`,
  },
  {
    query: `# A category as the shop lists it, cheapest first.
query CategoryListing($slug: String! = "kitchen") {
  category(slug: $slug) {
    name
    path
    products(first: 24, sortBy: PRICE_LOW) {
      totalCount
      edges {
        node {
          title
          slug
        }
      }
    }
  }
  categories {
    name
    slug
  }
}
`,
  },
  {
    query: `# Search, then buy as a guest: run the operations one by one (the play button lists them) and fill in the ids.
query Search($text: String! = "lamp") {
  productSearch(query: $text, first: 5) {
    totalCount
    facets {
      name
      values {
        value
        count
      }
    }
    edges {
      node {
        title
        variants {
          id
          title
          price {
            amount
            currencyCode
          }
          availability {
            quantity
            status
          }
        }
      }
    }
  }
}

mutation Fill($variant: ID!) {
  cartCreate(input: { lines: [{ variantId: $variant, quantity: 1 }] }) {
    cart {
      id
    }
    errors {
      message
    }
  }
}

mutation Address($cart: ID!) {
  cartBuyerUpdate(
    input: {
      cartId: $cart
      email: "ada@example.org"
      shippingAddress: { name: "Ada", line1: "Quay 1", city: "Berlin", postalCode: "10115", country: "DE" }
    }
  ) {
    cart {
      availableDeliveries {
        code
        name
        price {
          amount
        }
      }
    }
    errors {
      message
    }
  }
}

mutation Deliver($cart: ID!) {
  cartDeliverySelect(input: { cartId: $cart, delivery: "standard" }) {
    cart {
      total {
        amount
        currencyCode
      }
    }
    errors {
      message
    }
  }
}

mutation Buy($cart: ID!, $key: String! = "my-first-order", $card: String! = "tok_success") {
  checkoutComplete(input: { cartId: $cart, idempotencyKey: $key, payment: { provider: "sandbox", token: $card } }) {
    order {
      id
      number
      status
    }
    errors {
      __typename
      message
    }
  }
}
`,
    variables: JSON.stringify({ variant: "", cart: "" }, null, 2),
  },
  {
    query: `# An order as it is, and then after every change.
subscription Follow($order: ID!) {
  orderStatusChanged(orderId: $order) {
    number
    status
    paymentStatus
    stockStatus
    reason
  }
}
`,
    variables: JSON.stringify({ order: "" }, null, 2),
  },
  {
    query: `# Sign in; put the access token into the headers pane as {"authorization": "Bearer …"}, then ask for the viewer.
mutation SignIn {
  sessionCreate(input: { email: "shopper@example.com", password: "demo-of-techcorp" }) {
    accessToken
    expiresIn
    errors {
      message
    }
  }
}

query Viewer {
  viewer {
    displayName
    email
    roles
    orders(first: 5) {
      edges {
        node {
          number
          status
          total {
            amount
            currencyCode
          }
        }
      }
    }
  }
}
`,
    variables: "{}",
  },
];
