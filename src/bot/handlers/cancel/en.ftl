command-cancel = Cancel your files
cancel-nothing = There is nothing to cancel.
cancel-all = { $count ->
    [one] Cancelled your file.
   *[other] Cancelled your { $count } files.
}
