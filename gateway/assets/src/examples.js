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
query ProductBySlug($slug: String!) {
  product(slug: $slug) {
    id
    title
    slug
    description
  }
}
`,
    variables: JSON.stringify({ slug: "paste-a-slug-from-the-first-tab" }, null, 2),
  },
  {
    query: `# A category as the shop lists it.
query Categories {
  categories {
    id
    name
    slug
  }
}
`,
  },
];
