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
];
