//! The office: catalogue, pages, submissions API, storage, receipts.
